/** Loaded before a program that npm started: who kills npm with a signal it cannot pass on means the program as well. */
const POLL_MS = 300;

const npm = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === npm) return;
  clearInterval(watch);
  process.kill(process.pid, 'SIGTERM');
}, POLL_MS).unref();
