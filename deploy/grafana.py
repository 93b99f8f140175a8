#!/usr/bin/env python3
"""Prints deploy/grafana-dashboard.json: grafana.py >grafana-dashboard.json. The table below is what to change."""

import json

WIDE, HALF = 24, 12
QUANTILES = [(0.5, "median"), (0.99, "99 %")]


def quantiles(name):
    return [(f"histogram_quantile({q}, sum by (le) (rate({name}_bucket[$__rate_interval])))", text) for q, text in QUANTILES]


# Title, unit, kind, queries with their legends.
PANELS = [
    ("High-quality conversations", "short", "stat", [("cerberus_high_quality_conversations", "")]),
    ("Conversations held", "short", "stat", [("cerberus_conversations", "")]),
    ("Rated", "percentunit", "stat", [("cerberus_rated_conversations / cerberus_conversations", "")]),
    ("Disk free", "bytes", "stat", [("cerberus_disk_free_bytes", "")]),
    ("Requests by route", "reqps", "timeseries", [
        ("sum by (route) (rate(cerberus_requests_total[$__rate_interval]))", "{{route}}")]),
    ("Answers by status", "reqps", "timeseries", [
        ("sum by (status) (rate(cerberus_requests_total[$__rate_interval]))", "{{status}}")]),
    ("Time of requests", "s", "timeseries", quantiles("cerberus_request_duration_seconds")),
    ("Time of commits", "s", "timeseries", quantiles("cerberus_commit_duration_seconds")),
    ("Time of scrubbing", "s", "timeseries", quantiles("cerberus_scrub_duration_seconds")),
    ("Records of one commit", "short", "timeseries", [
        ("rate(cerberus_commit_records_total[$__rate_interval]) / rate(cerberus_commits_total[$__rate_interval])", "records"),
    ]),
    ("Syncs of the disk", "ops", "timeseries", [("rate(cerberus_commit_syncs_total[$__rate_interval])", "fdatasync")]),
    ("Waiting", "short", "timeseries", [
        ("cerberus_commit_queue_records", "for the disk"), ("cerberus_index_lag_records", "for the index file")]),
    ("Conversations, by what became of them", "ops", "timeseries", [
        ("sum by (outcome) (rate(cerberus_conversation_outcomes_total[$__rate_interval]))", "{{outcome}}")]),
    ("Ratings, by what became of them", "ops", "timeseries", [
        ("sum by (outcome) (rate(cerberus_rating_outcomes_total[$__rate_interval]))", "{{outcome}}")]),
    ("Refused, by reason", "reqps", "timeseries", [
        ("sum by (reason) (rate(cerberus_refusals_total[$__rate_interval]))", "{{reason}}")]),
    ("Faults", "short", "timeseries", [
        ("increase(cerberus_commit_failures_total[$__rate_interval])", "commits"),
        ("increase(cerberus_index_failures_total[$__rate_interval])", "index"),
        ("increase(cerberus_log_lines_dropped_total[$__rate_interval])", "lines of the event log"),
        ("cerberus_maintenance_failed", "daily work")]),
    ("Privacy", "short", "timeseries", [
        ("cerberus_refusing_users", "users who refuse"), ("cerberus_erased_records", "records erased"),
        ("increase(cerberus_refused_conversations_total[$__rate_interval])", "conversations not stored")]),
    ("Connections", "short", "timeseries", [("cerberus_connections", "open")]),
    ("Memory", "bytes", "timeseries", [("process_resident_memory_bytes", "resident")]),
    ("Processor", "percentunit", "timeseries", [("rate(process_cpu_seconds_total[$__rate_interval])", "cores")]),
]


def panel(number, title, unit, kind, queries, place):
    return {
        "id": number, "title": title, "type": kind, "gridPos": place,
        "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": chr(65 + index), "expr": expression, "legendFormat": legend or "__auto",
             "datasource": {"type": "prometheus", "uid": "${datasource}"}}
            for index, (expression, legend) in enumerate(queries)],
    }


def dashboard():
    panels, x, y = [], 0, 0
    for number, (title, unit, kind, queries) in enumerate(PANELS, 1):
        width, height = (WIDE // 4, 4) if kind == "stat" else (HALF, 8)
        panels.append(panel(number, title, unit, kind, queries, {"x": x, "y": y, "w": width, "h": height}))
        x += width
        if x >= WIDE:
            x, y = 0, y + height
    return {
        "title": "Cerberus Collector", "uid": "cerberus", "tags": ["cerberus"], "schemaVersion": 39, "editable": True,
        "refresh": "30s", "time": {"from": "now-24h", "to": "now"}, "panels": panels,
        "templating": {"list": [{"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"}]},
    }


if __name__ == "__main__":
    print(json.dumps(dashboard(), indent=1))
