/** How formulas look. Its own file, so that nobody fetches it who has none. */
import 'katex/dist/katex.css';
import './formula.css';
