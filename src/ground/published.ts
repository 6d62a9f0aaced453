/** What all that publishes or reads builds says and does alike. */

/** Of a project that has not published a build yet. */
export const nothingPublished = 'Nothing is published yet';

/** How many builds stay after a publish, the published one among them. */
export const keptBuilds = 5;
