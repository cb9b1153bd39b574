/*
 * When a job runs by itself, and when its runs may work. Pure: told the time, and asked for starts and windows.
 */
export * from './bandwidth.js';
export * from './schedule.js';
export * from './schedule-problems.js';
export * from './windows.js';
