/** How long a log-in lasts. */

/**
 * Of a session that is not used, and of its cookie: 400 days, the longest that browsers keep one. A used session is
 * prolonged, so only a forgotten one ends. A guest's data goes earlier, after GUEST_TIMEOUT_MINUTES.
 */
export const SESSION_SECONDS = 400 * 24 * 3600;
/** Using a session or key is written down at most this often; that is exact enough for an idle timeout in minutes. */
export const TOUCH_SECONDS = 60;
