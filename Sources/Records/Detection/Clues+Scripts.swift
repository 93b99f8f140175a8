extension ClueGroup {
  /// Languages that are read line by line: Python, Ruby, PHP, shells, Perl, Lua, R, Julia, Haskell, Elixir.
  static let scripts: [ClueGroup] = [
    .says(
      .python, 4,
      [
        "ModuleNotFoundError", "from~import", "__init__", "__name__", "__main__", "^elif", "import numpy",
        "import pandas", "import torch", "import asyncio", "import json", "import requests", "import sys", "import re",
        "ImportError", "ZeroDivisionError", "KeyError:", "AttributeError:", "IndentationError", "UnboundLocalError",
        "asyncio.run", "asyncio.gather", "@dataclass", "@staticmethod", "@classmethod", "requirements.txt",
        "pyproject.toml", "venv", "virtualenv", "pip install", "Traceback", "^def:",
      ]),
    .says(
      .python, 3,
      [
        "import os", "^async def", "def __init__", "(self", "elif", "range(", "in range", "isinstance(", "print(f",
        "ValueError", "dict[str", "list[str", ">None", "np.array", "np.", "pd.", "plt.", "kwargs", "json.load",
        "json.dumps", "json.loads", "except Exception", ".py", "is None", "lambda x", "functools", "itertools",
        "collections.defaultdict", "def~self", "^except:", "in zip",
      ]),
    .says(
      .python, 2,
      [
        "len(", "enumerate(", "^def", "^except", ":str", "return None", "return True", "return False", "^class:",
        "^try:", "^with:", "^async:", "^elif:",
      ]),
    .says(
      .python, 1,
      [
        "self.", "None", "True", "False", "lambda", "print(", "^import", "^from", "^raise", "^pass", "^with", "yield",
        "^class", "TypeError:", "if not", "as f", ".append", "open(", "^for:", "^if:", "^while:", "^else:", ".items",
        "set(", "dict(", "sorted(",
      ]),
    .says(
      .ruby, 4,
      [
        "attr_reader", "attr_accessor", "attr_writer", "NoMethodError", "nil:NilClass", "ActiveRecord",
        "def initialize", "rubygems", "^require_relative", "NilClass", "each_with_object", "each_with_index",
        "bundle exec", "bundle install", "gem install", ".rb", "nil?", "frozen_string_literal", "transform_values",
      ]),
    .says(.ruby, 3, ["puts\"", "elsif", "end.map", "each do", "^puts", "rescue StandardError", ".freeze"]),
    .says(.ruby, 2, ["do|", "^rescue", "^ensure", "^module", "each{", ".nil", ".each"]),
    .says(.ruby, 1, ["^end", "^def", "^require", "^unless", ".inspect"]),
    .says(
      .php, 5,
      [
        "?php", "$this", "$_POST", "$_GET", "$_SERVER", "$_SESSION", "mysqli_connect", "PHP Fatal", "$pdo", "$stmt",
        "var_dump(", "htmlspecialchars",
      ]),
    .says(
      .php, 4,
      [
        "str_replace(", "in_array(", "json_encode(", "json_decode(", "array_merge(", "explode(", "implode(",
      ]),
    .says(
      .php, 3,
      [
        "public function", "isset(", "array_map", "^namespace App", ".php", "composer.json", "array_filter", "$;",
      ]),
    .says(
      .php, 2,
      [
        "$request", "$user", "$items", "$row", "$query", "$id", "$data", "$value", "$conn", "$result", "foreach(",
        "protected function", "private function", "composer require", "array(", "$users",
      ]),
    .says(.php, 1, ["$e", "catch(", "$key"]),
    .says(
      .bash, 4,
      [
        "set -euo", "^set -e", "apt-get", "^sudo", "$sudo", "^chmod", "xargs", "^esac", "bin/bash", "^grep", "^kubectl",
        "^awk", "^sed", "^systemctl", "$systemctl", "^curl", "^fi", "^tar", "^ssh", "^rsync", "^npm install",
        "^npm run", "^pip install", "^docker run", "^docker compose", "^docker build", "$npm", "$git", "$pip", "$cargo",
        "$docker", "IFS", "read -r", "^while IFS", "chmod +x",
      ]),
    .says(
      .bash, 3,
      [
        "^export PATH", "$HOME", "$PATH", "do echo", "^mkdir", "^brew", "sed -i", "sed -e", ".sh", "command not",
        "$curl", "$ls", "$cd", "^apt", "^chown", "printf'", "dev/null", "mkdir -p",
      ]),
    .says(
      .bash, 2,
      [
        "^source", "^done", "^echo", "grep-", "if[", "rm-", "ls-", "then echo", "awk'", "echo\"", "echo$", "^export",
        "while read", "^find",
      ]),
    .says(
      .powershell, 4,
      [
        "Get-ChildItem", "Where-Object", "ForEach-Object", "Write-Host", "Write-Output", "Remove-Item", "Get-Content",
        "Set-Content", "New-Item", "Invoke-WebRequest", "Invoke-RestMethod", "Get-Process", "Get-Service", "Get-Date",
        "Import-Csv", "Export-Csv", "Select-Object", "Import-Module", "Get-ADUser", "Test-Path", "Copy-Item", ".ps1",
        "ErrorActionPreference", "Set-ExecutionPolicy", "ConvertTo-Json", "ConvertFrom-Json", "Start-Process",
        "Sort-Object", "New-Object", "Set-Location", "Out-File",
      ]),
    .says(
      .lua, 3,
      [
        "^local function", "ipairs(", "pairs(", "setmetatable", "__index", "^local", "nil then", "table.insert",
        "io.write", ".lua", "table.concat", "function~end",
      ]),
    .says(.lua, 2, ["elseif", "then return", "string.format"]),
    .says(.lua, 1, ["^end", "^function", "print("]),
    .says(
      .perl, 4,
      [
        "^use strict", "^use warnings", "my$", "my%", "my@", "chomp", "$_", "@ARGV", "<STDIN", "@_", "Data::Dumper",
      ]),
    .says(.perl, 3, ["foreach my", "for my", "^sub", "bless{", "elsif(", "while(my", "qw("]),
    .says(.perl, 1, ["$;"]),
    .says(
      .r, 4,
      [
        "read.csv", "geom_point", "data.frame", "mutate(", "summarise(", "group_by(", "install.packages", "sapply(",
        "lapply(", "tapply(", "na.rm", "aes(", "Rscript", "stringsAsFactors", "nrow(", "library(",
      ]),
    .says(.r, 3, ["c(1", "paste0(", "lm(", "mtcars"]),
    .says(.r, 2, ["paste(", "seq_along", "<~", "summary("]),
    .says(.r, 1, ["<-", "c(", "plot(", "str(", "matrix("]),
    .says(
      .julia, 4,
      [
        "^using LinearAlgebra", "^using DataFrames", "^using Plots", "n::Int", "x::Int", "x::Float64", "@btime",
        "Pkg.add", "@time", "^mutable struct", "AbstractVector", "Base.show", ".jl", "@show",
      ]),
    .says(.julia, 3, [":Float64", ":Int64", ":Vector", ":AbstractString", "@inbounds", "@views"]),
    .says(.julia, 1, ["^function", "^end", "^using", "println("]),
    .says(
      .haskell, 4,
      [
        "putStrLn", "import Data", "import qualified", "import Control", "deriving Show", "mapM_", "foldr", "Data.Map",
        "Monad m", "concatMap", ".hs", "deriving stock", "newtype", ":>",
      ]),
    .says(.haskell, 3, ["^module Main", "deriving(", "IO(", "^data Maybe", ">Maybe"]),
    .says(.haskell, 2, ["main=", "foldl", ">Integer", "Just x"]),
    .says(.haskell, 1, ["^instance", "<~"]),
    .says(
      .elixir, 4,
      [
        "^defmodule", "^defp", "Enum.map", "IO.puts", "IO.inspect", "Enum.reduce", "handle_cast", "use GenServer",
        "Ecto.Query", "Ecto.Repo", "^iex", ".exs", "ExUnit", "Enum.filter", "^defstruct", "Phoenix.LiveView",
      ]),
    .says(.elixir, 2, ["|>"]),
    .says(.elixir, 1, ["^alias"]),
  ]
}
