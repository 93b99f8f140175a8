extension ClueGroup {
  /// Queries, configuration and build files.
  static let data: [ClueGroup] = [
    .says(
      .sql, 4,
      [
        "SELECT~FROM", "GROUP BY", "ORDER BY", "INSERT INTO", "CREATE TABLE", "LEFT JOIN", "INNER JOIN", "left join",
        "inner join", "PRIMARY KEY", "ALTER TABLE", "alter table", "UPDATE~SET", "DELETE FROM", "CREATE INDEX",
        "FOREIGN KEY", "UNION ALL", "PARTITION BY", "NOT NULL", "row_number(", "ROW_NUMBER(", "DROP TABLE",
        "violates unique", "WHERE~AND", "ON CONFLICT", "EXPLAIN ANALYZE",
      ]),
    .says(
      .sql, 3,
      [
        "create table", "VARCHAR(", "SELECT*", "WHERE id", "^WHERE", "RETURNING", "COUNT(", "FROM users", "FROM orders",
        "WHERE and", "WITH RECURSIVE", "jsonb", "IS NULL", "LIMIT 10",
      ]),
    .says(.sql, 2, ["where id", "select~from", "^SELECT", "^FROM", "^JOIN", "varchar(", "^HAVING", "count(", "avg("]),
    .says(.sql, 1, ["group by", "insert into", "delete from", "order by", "^select", "is null", "ORDER by"]),
    .says(
      .dockerfile, 4,
      [
        "^FROM node", "^FROM python", "^FROM golang", "^FROM alpine", "^FROM ubuntu", "^FROM debian", "^FROM rust",
        "^FROM eclipse", "^FROM nginx", "^FROM mcr", "^FROM swift", "^WORKDIR", "^ENTRYPOINT", "^RUN apt", "^RUN npm",
        "^RUN pip", "^RUN apk", "^EXPOSE", "^CMD", "^FROM openjdk", "^FROM scratch",
      ]),
    .says(.dockerfile, 2, ["^COPY", "^RUN", "^ENV", "^ARG", "^ADD"]),
    .says(
      .terraform, 5,
      [
        "resource \"aws_s3_bucket", "resource \"aws_instance", "var.region", "aws_instance", "aws_s3_bucket",
        "azurerm_resource_group", "google_compute_instance", "required_providers", "aws_iam_role",
        "aws_lambda_function", "aws_security_group",
      ]),
    .says(
      .terraform, 3,
      [
        "resource\"", "provider\"", "variable\"", "output\"", "terraform plan", "terraform apply", "tfstate",
      ]),
    .says(.yaml, 4, ["runs-on", "^apiVersion", "actions/checkout", "uses: actions", "ansible.builtin"]),
    .says(.toml, 4, ["tool.poetry", "build-system"]),
    .says(.toml, 3, ["[package", "[dependencies"]),
  ]
}
