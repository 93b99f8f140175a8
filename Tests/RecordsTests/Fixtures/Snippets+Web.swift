extension Snippets {
  static let web: [Snippet] = [
    Snippet("javascript", "", "```js\nconst a = [1, 2, 3].map(x => x * 2);\n```"),
    Snippet("javascript", "", "```javascript\nlet x = null ?? 'default'\n```"),
    Snippet("typescript", "", "```ts\ntype Id = string | number;\n```"),
    Snippet(
      "javascript", "",
      """
      Uncaught TypeError: Cannot read properties of undefined (reading 'map')
          at render (app.js:14:22)
          at HTMLButtonElement.onclick (index.html:9)
      """),
    Snippet(
      "javascript", "",
      """
      const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
      async function main() {
        await wait(100);
        console.log("done");
      }
      """),
    Snippet(
      "javascript", "",
      """
      document.getElementById("save").addEventListener("click", function (e) {
        e.preventDefault();
        fetch("/api/save").then(r => r.json());
      });
      """),
    Snippet(
      "typescript", "",
      """
      interface User {
        id: number;
        name: string;
        email?: string;
      }
      function greet(user: User): string {
        return `Hi ${user.name}`;
      }
      """),
    Snippet(
      "typescript", "",
      "error TS2345: Argument of type 'string | undefined' is not assignable to parameter of type 'string'."),
    Snippet("typescript", "", "What is the difference between unknown and any in TypeScript?"),
    Snippet(
      "javascript", "react",
      """
      ```jsx
      function Counter() {
        const [n, setN] = useState(0);
        return <button onClick={() => setN(n + 1)}>{n}</button>;
      }
      ```
      """),
    Snippet(
      "typescript", "react",
      """
      ```tsx
      type Props = { title: string };
      export const Card: React.FC<Props> = ({ title }) => <h2>{title}</h2>;
      ```
      """),
    Snippet(
      "javascript", "react",
      """
      import React, { useEffect, useState } from 'react';

      export default function Users() {
        const [users, setUsers] = useState([]);
        useEffect(() => {
          fetch('/api/users').then(r => r.json()).then(setUsers);
        });
        return <ul>{users.map(u => <li key={u.id}>{u.name}</li>)}</ul>;
      }
      """),
    Snippet("", "react", "Why does my React component render twice in development?"),
    Snippet("", "react", "Wann sollte ich in React useMemo statt useCallback verwenden?"),
    Snippet(
      "typescript", "next.js",
      """
      ```tsx
      import { NextRequest, NextResponse } from "next/server";

      export function middleware(req: NextRequest) {
        return NextResponse.redirect(new URL("/login", req.url));
      }
      ```
      """),
    Snippet("", "next.js", "In Next.js 14 with the app router, how do I read cookies in a server component?"),
    Snippet(
      "javascript", "next.js",
      """
      export async function getServerSideProps(context) {
        const res = await fetch(`https://api.example.com/posts/${context.params.id}`);
        return { props: { post: await res.json() } };
      }
      """),
    Snippet(
      "javascript", "vue",
      """
      ```vue
      <script setup>
      import { ref } from 'vue'
      const count = ref(0)
      </script>
      <template><button @click="count++">{{ count }}</button></template>
      ```
      """),
    Snippet("", "vue", "How do I watch a nested property in Vue 3 with the composition API?"),
    Snippet(
      "typescript", "vue",
      """
      ```vue
      <script setup lang="ts">
      import { computed } from "vue";
      const props = defineProps<{ items: string[] }>();
      const total = computed(() => props.items.length);
      </script>
      ```
      """),
    Snippet("", "nuxt", "Our Nuxt app shows a hydration mismatch after deploying, only on the first page load."),
    Snippet(
      "typescript", "angular",
      """
      @Component({
        selector: 'app-user',
        templateUrl: './user.component.html',
      })
      export class UserComponent implements OnInit {
        constructor(private http: HttpClient) {}
      }
      """),
    Snippet("typescript", "angular", "NullInjectorError: No provider for HttpClient! in my Angular unit test"),
    Snippet(
      "javascript", "svelte",
      """
      ```svelte
      <script>
        let count = 0;
        $: doubled = count * 2;
      </script>
      <button on:click={() => count++}>{doubled}</button>
      ```
      """),
    Snippet("", "svelte", "Is there an equivalent of React context in Svelte for passing a store down the tree?"),
    Snippet(
      "javascript", "express",
      """
      const express = require('express');
      const app = express();
      app.use(express.json());
      app.get('/health', (req, res) => res.send('ok'));
      app.listen(3000);
      """),
    Snippet("", "express", "How should I handle errors thrown in async route handlers in Express.js?"),
    Snippet(
      "typescript", "nestjs",
      """
      ```typescript
      import { Controller, Get, Injectable } from '@nestjs/common';

      @Controller('cats')
      export class CatsController {
        @Get() findAll(): string { return 'all'; }
      }
      ```
      """),
    Snippet("typescript", "nestjs", "How do guards and interceptors differ in NestJS, and which one runs first?"),
    Snippet(
      "javascript", "jest",
      """
      ```js
      jest.mock('./api');
      test('loads the user', async () => {
        getUser.mockResolvedValue({ id: 1 });
        expect(await load()).toEqual({ id: 1 });
      });
      ```
      """),
    Snippet(
      "html", "tailwind",
      """
      ```html
      <div class="flex items-center justify-between px-4 py-2 bg-white rounded-lg shadow">
        <span class="text-sm font-medium">Title</span>
      </div>
      ```
      """),
    Snippet(
      "", "tailwind", "Tailwind classes that I build by string concatenation are missing in the production build."),
    Snippet(
      "javascript", "jquery",
      """
      $(document).ready(function() {
        $('#menu').on('click', function() { $(this).toggleClass('open'); });
      });
      """),
    Snippet(
      "html", "",
      """
      <!DOCTYPE html>
      <html lang="en">
        <head><title>Test</title></head>
        <body><p>Hello</p></body>
      </html>
      """),
    Snippet(
      "html", "",
      "Why is my label not linked to the input?\n\n<label for=\"mail\">Mail</label>\n<input type=\"email\" name=\"mail\">"
    ),
    Snippet(
      "css", "",
      """
      .card {
        display: flex;
        justify-content: center;
        border-radius: 8px;
        background-color: #fff;
      }
      """),
    Snippet("css", "", "```css\n@media (max-width: 600px) { .nav { display: none; } }\n```"),
    Snippet("css", "", "How do I center a div vertically and horizontally with CSS grid?"),
    Snippet(
      "javascript", "",
      """
      (node:4211) UnhandledPromiseRejectionWarning: Error: connect ECONNREFUSED 127.0.0.1:5432
          at TCPConnectWrap.afterConnect [as oncomplete] (node:internal/net:1187:16)
      """),
    Snippet(
      "javascript", "",
      "如何在JavaScript中深拷贝一个对象？",
      answer: "可以使用 `structuredClone(obj)`，它支持 Map、Set 和循环引用。"),
    Snippet(
      "typescript", "",
      """
      export type Result<T> = { ok: true; value: T } | { ok: false; error: Error };

      export function unwrap<T>(r: Result<T>): T {
        if (!r.ok) throw r.error;
        return r.value as T;
      }
      """),
    Snippet(
      "javascript", "react-native",
      """
      import { View, Text, StyleSheet } from 'react-native';

      export default function App() {
        return <View style={styles.box}><Text>Hi</Text></View>;
      }
      """),
  ]
}
