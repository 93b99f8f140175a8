export interface FeedbackTexts {
  question: string;
  star: (score: number) => string;
  comment: string;
  send: string;
  sending: string;
  sent: string;
  failed: string;
}

export interface StoredFeedback {
  exampleId: string;
  score: number;
  comment: string;
  /** `pending` when the rating came before its conversation. */
  status: "success" | "pending" | "opted_out";
}

export interface FailedFeedback {
  exampleId: string;
  /** The code of the collector's error, a status, or `network`. */
  code: string;
}

export class CerberusFeedback extends HTMLElement {
  exampleId: string;
  endpoint: string;
  readonly score: number;
  get texts(): FeedbackTexts;
  set texts(value: Partial<FeedbackTexts>);
}

declare global {
  interface HTMLElementTagNameMap {
    "cerberus-feedback": CerberusFeedback;
  }
  interface HTMLElementEventMap {
    "cerberus-feedback": CustomEvent<StoredFeedback>;
    "cerberus-feedback-error": CustomEvent<FailedFeedback>;
  }
}
