/** Code of the problem that a request was sent and its answer never came: what it asked for may be done. */
export const ANSWER_LOST = "HTTP_ANSWER_LOST";
