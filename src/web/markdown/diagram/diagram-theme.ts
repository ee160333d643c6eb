/** The page's colours as the library of diagrams reads them. */

export type DiagramTheme = {
  readonly theme: 'base';
  readonly fontFamily: string;
  readonly themeVariables: Readonly<Record<string, string | boolean>>;
};

/** Fonts of the system: a picture has none of the page's own. */
const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** Reads the tokens as they are at the moment. */
export function diagramTheme(dark: boolean): DiagramTheme {
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const tokens = getComputedStyle(document.documentElement);
  // The library computes with colours, and knows fewer notations than browsers do.
  const hex = (name: string): string => {
    if (!paint) return dark ? '#dddddd' : '#222222';
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = tokens.getPropertyValue(name);
    paint.fillRect(0, 0, 1, 1);
    const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
    return `#${[red!, green!, blue!].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  const text = hex('--text');
  const line = hex('--outline');
  return {
    theme: 'base',
    fontFamily: FONT,
    themeVariables: {
      darkMode: dark,
      fontFamily: FONT,
      fontSize: '15px',
      useGradient: false,
      dropShadow: 'none',
      background: hex('--surface'),
      mainBkg: hex('--accent-soft'),
      primaryColor: hex('--accent-soft'),
      primaryTextColor: text,
      primaryBorderColor: hex('--accent'),
      secondaryColor: hex('--queue-soft'),
      secondaryTextColor: text,
      tertiaryColor: hex('--bubble'),
      tertiaryTextColor: text,
      lineColor: line,
      textColor: text,
      titleColor: text,
      edgeLabelBackground: hex('--surface'),
      clusterBkg: hex('--sidebar'),
      clusterBorder: hex('--hairline'),
      noteBkgColor: hex('--queue-soft'),
      noteTextColor: text,
      noteBorderColor: hex('--queue'),
    },
  };
}
