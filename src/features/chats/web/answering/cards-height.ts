/** By this name the browser keeps how much room the cards of agents took, so that nothing moves when they come. */
export const CARDS_HEIGHT = 'agents';
