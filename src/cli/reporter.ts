export * from './reporter-plain.js';
