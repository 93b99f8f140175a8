import type { HTMLAttributes, ReactElement } from "react";
import type { FailedFeedback, FeedbackTexts, StoredFeedback } from "./cerberus-feedback.js";

export interface CerberusFeedbackProps extends Omit<HTMLAttributes<HTMLElement>, "onError"> {
  exampleId: string;
  endpoint: string;
  onFeedback?: (feedback: StoredFeedback) => void;
  onError?: (failure: FailedFeedback) => void;
  texts?: Partial<FeedbackTexts>;
  noComment?: boolean;
}

export function CerberusFeedback(props: CerberusFeedbackProps): ReactElement;
