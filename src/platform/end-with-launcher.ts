/**
 * Ends this process at once when the launcher that started it is killed: its owner means the program, not the shim in
 * front of it, and would find the port taken by a server that nobody holds any more. What is left behind is what a
 * `kill -9` leaves, which the next start takes over.
 */
export function endWithLauncher(): void {
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  process.channel?.unref();
}
