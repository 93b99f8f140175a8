"use client";
// <CerberusFeedback exampleId="…" endpoint="…" onFeedback={…} onError={…} texts={…} noComment />
import { createElement, useEffect, useRef } from "react";
import "./cerberus-feedback.js";

export function CerberusFeedback({ exampleId, endpoint, onFeedback, onError, texts, noComment, className, ...rest }) {
  const element = useRef(null);
  // Listeners are set once and call what was given last: React before 19 hands no events to custom elements.
  const handlers = useRef({});
  handlers.current = { onFeedback, onError };
  useEffect(() => {
    const node = element.current;
    const stored = (event) => handlers.current.onFeedback?.(event.detail);
    const failed = (event) => handlers.current.onError?.(event.detail);
    node.addEventListener("cerberus-feedback", stored);
    node.addEventListener("cerberus-feedback-error", failed);
    return () => {
      node.removeEventListener("cerberus-feedback", stored);
      node.removeEventListener("cerberus-feedback-error", failed);
    };
  }, []);
  useEffect(() => { if (texts) element.current.texts = texts; }, [texts]);
  return createElement("cerberus-feedback", {
    ...rest, ref: element, class: className, "example-id": exampleId, endpoint, "no-comment": noComment ? "" : undefined,
  });
}
