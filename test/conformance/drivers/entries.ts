/** The processes of this suite, each started as the compiled file of its name. */
export const DRIVER_PROCESS = new URL('./driver-process.js', import.meta.url);
export const TARGET_PROCESS = new URL('./target-process.js', import.meta.url);
export const PROBE_PROCESS = new URL('./probe-process.js', import.meta.url);
export const AGENT_STAGE = new URL('./agent-stage.js', import.meta.url);
