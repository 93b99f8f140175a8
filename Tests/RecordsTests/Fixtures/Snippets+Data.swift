extension Snippets {
  static let data: [Snippet] = [
    Snippet("sql", "", "```sql\nSELECT 1;\n```"),
    Snippet(
      "sql", "",
      """
      SELECT u.name, COUNT(o.id) AS orders
      FROM users u
      LEFT JOIN orders o ON o.user_id = u.id
      GROUP BY u.name
      HAVING COUNT(o.id) > 3;
      """),
    Snippet("sql", "", "select name from employees where salary > (select avg(salary) from employees) order by name"),
    Snippet(
      "sql", "", "CREATE TABLE IF NOT EXISTS users (\n  id SERIAL PRIMARY KEY,\n  email TEXT NOT NULL UNIQUE\n);"),
    Snippet(
      "sql", "",
      "ERROR:  duplicate key value violates unique constraint \"users_pkey\"\nINSERT INTO users (id) VALUES (1);"),
    Snippet("sql", "", "Was ist in SQL der Unterschied zwischen WHERE und HAVING?"),
    Snippet(
      "json", "",
      """
      {
        "name": "demo",
        "version": "1.0.0",
        "private": true
      }
      """),
    Snippet("json", "", "Is this valid?\n\n{\"a\": [1, 2, 3,], \"b\": null}"),
    Snippet("json", "", "```json\n{\"compilerOptions\": {\"strict\": true}}\n```"),
    Snippet(
      "yaml", "",
      """
      on: push
      jobs:
        build:
          runs-on: ubuntu-latest
          steps:
            - uses: actions/checkout@v4
            - run: make test
      """),
    Snippet("yaml", "", "```yml\nkey: [a, b]\n```"),
    Snippet(
      "yaml", "",
      """
      version: "3.9"
      services:
        db:
          image: postgres:16
          ports:
            - "5432:5432"
      """),
    Snippet(
      "yaml", "kubernetes",
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 3
      """),
    Snippet(
      "", "kubernetes", "Why does my Kubernetes pod stay in CrashLoopBackOff although the container runs locally?"),
    Snippet("bash", "kubernetes", "```bash\nkubectl get pods -n prod\nkubectl logs web-0 --previous\n```"),
    Snippet(
      "toml", "",
      """
      [package]
      name = "demo"
      version = "0.1.0"
      edition = "2021"

      [dependencies]
      serde = "1"
      """),
    Snippet("toml", "", "```toml\n[tool.ruff]\nline-length = 100\n```"),
    Snippet(
      "dockerfile", "",
      """
      FROM node:20-alpine
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      CMD ["node", "server.js"]
      """),
    Snippet("dockerfile", "", "```dockerfile\nFROM alpine\nRUN apk add curl\n```"),
    Snippet("dockerfile", "", "```Dockerfile\nFROM scratch\n```"),
    Snippet(
      "terraform", "",
      """
      resource "aws_s3_bucket" "logs" {
        bucket = "my-logs"
      }

      variable "region" {
        default = "eu-central-1"
      }
      """),
    Snippet("terraform", "", "```hcl\nprovider \"google\" {}\n```"),
    Snippet("terraform", "", "How do I import an existing bucket into the Terraform state without recreating it?"),
    Snippet("sql", "", "UPDATE accounts SET balance = balance - 10 WHERE id = 7 RETURNING balance;"),
    Snippet(
      "sql", "", "How do I speed up a query that filters on a jsonb column in PostgreSQL?",
      answer: "Create a GIN index:\n\n```sql\nCREATE INDEX ON docs USING gin (body jsonb_path_ops);\n```"),
    Snippet(
      "yaml", "", "My pipeline is not picked up",
      answer: "Indent the steps under the job:\n\n```yaml\nbuild:\n  script:\n    - make\n```"),
    Snippet(
      "python", "pandas", "How do I load the result of a query into pandas?",
      answer:
        "```python\nimport pandas as pd\ndf = pd.read_sql(\"SELECT * FROM t WHERE a = 1 GROUP BY b\", engine)\n```"),
    Snippet(
      "python", "sqlalchemy",
      "from sqlalchemy import select\nfrom sqlalchemy.orm import Session\n\nwith Session(engine) as s:\n    s.scalars(select(User)).all()"
    ),
  ]
}
