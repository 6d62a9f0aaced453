/** What a mistyped name was meant to be. */
export { didYouMean } from '../../ground/did-you-mean.js';
