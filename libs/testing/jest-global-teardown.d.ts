/** Stops the server of this directory, if one runs, without ceremony, and removes the directory. */
export function removeTestServer(dataDir: string): Promise<void>
export function processExists(pid: number): boolean
