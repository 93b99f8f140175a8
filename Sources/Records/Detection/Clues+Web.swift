extension ClueGroup {
  /// JavaScript and TypeScript, and the markup around them. TypeScript takes over what JavaScript has gathered.
  static let web: [ClueGroup] = [
    .says(
      .javascript, 4,
      [
        "console.log", "document.getElementById", "document.querySelector", "addEventListener", "module.exports",
        "JSON.stringify", "JSON.parse", "use strict", "Uncaught TypeError", "node_modules", "package.json",
        "UnhandledPromiseRejectionWarning", "node:internal", "Object.keys", "Object.entries", "localStorage",
        "Promise.all", "new Promise", "setTimeout(", "parseInt(", "console.error", "window.location", "structuredClone",
        "async function", "Array.from", "Math.floor", "undefined (reading", "ReferenceError", "export default",
        "process.env", "requestAnimationFrame", "webpack", "useState(", "useEffect(", "createElement", "className=",
        "eslint", "setInterval(", "clearTimeout(", "e.preventDefault", ".querySelector",
      ]),
    .says(
      .javascript, 3,
      [
        "function(", "^export const", "^export function", "e.target", "preventDefault", "await fetch", "res.json",
        "typeof", "^import React", "arr.map", "async(", "from'", "from\"", ".addEventListener", ".forEach",
        "Math.random", "Math.max",
      ]),
    .says(
      .javascript, 2,
      [
        "npm install", "^const", "new Map", "new Date", "new Set", "const{", "onclick", "Promise", "req.", "res.",
        "export class", "^import{",
      ]),
    .says(
      .javascript, 1,
      [
        "undefined", "for~of", ".js", "^let", "^export", "^function", "^async", "await", "TypeError:", "=>", ".map",
      ]),
    .says(
      .typescript, 5,
      [
        ":string", ":number", ":boolean", "^export interface", "^export type", "string | number", "string | undefined",
        "string | null", "lang=\"ts", "keyof", "as const", "import type", "Promise<void", "Record<string", "Partial<",
        "TS2322", "TS2339", "TS2345", "TS7006", "TS2304", "React.FC", ":Promise", "implements OnInit", "ReadonlyArray",
        "^declare module", "^declare global", "as unknown", "tsc", "ts-node", "export interface", "export type",
        "export enum", "extends keyof",
      ]),
    .says(.typescript, 4, [":unknown"]),
    .says(
      .typescript, 3,
      [
        ":any", "as string", "as T", ".tsx", ".ts", "^interface Props", "^type Props", "ReactNode", "Array<string",
        "useState<", "as any", "Observable<", "private readonly", "export class",
      ]),
    .says(.typescript, 2, ["constructor(", ":void", "readonly", "Promise<"]),
    .says(.typescript, 1, ["^interface", "^type"]),
    .says(.html, 4, ["!DOCTYPE", "<html", "<body", "<head", "!doctype"]),
    .says(
      .html, 3,
      [
        "label for", "input type", "<form", "<meta", "<link", "<script", "<input", "<label", "a href", "<img",
        "<textarea", "<select", "<iframe", "<svg",
      ]),
    .says(
      .html, 2,
      [
        "<div", "<p", "<span", "<ul", "<li", "<table", "<td", "<tr", "<h1", "<button", "<nav", "<section",
      ]),
    .says(
      .css, 4,
      [
        "display: flex", "display: grid", "display: none", "justify-content", "border-radius", "background-color",
        "font-size", "align-items", "z-index", "text-align", "box-shadow", "margin: 0", "position: absolute",
        "position: relative", "position: fixed", "position: sticky", "grid-template", "font-family", "@keyframes",
        "padding: 0", "overflow: hidden", "margin-top", "flex-direction", "box-sizing", "font-weight",
      ]),
    .says(.css, 2, ["@media", "max-width", "min-width", "line-height", ":hover"]),
    .says(.css, 1, ["margin:", "padding:", "width:", "height:", "color:"]),
  ]
}
