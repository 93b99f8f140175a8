extension Snippets {
  static let scripting: [Snippet] = [
    Snippet("ruby", "", "```rb\nputs [1, 2].sum\n```"),
    Snippet(
      "ruby", "",
      """
      class Dog
        attr_reader :name
        def initialize(name)
          @name = name
        end
      end
      %w[a b].each { |n| puts Dog.new(n).name }
      """),
    Snippet("ruby", "", "What does the ampersand do in `map(&:upcase)` in Ruby?"),
    Snippet(
      "ruby", "rails",
      """
      class Post < ApplicationRecord
        belongs_to :user
        has_many :comments, dependent: :destroy
        validates :title, presence: true
      end
      """),
    Snippet("ruby", "rails", "How do I add an index to an existing column with a migration in Ruby on Rails?"),
    Snippet(
      "ruby", "rails",
      "ActiveRecord::RecordNotFound (Couldn't find User with 'id'=42): app/controllers/users_controller.rb:8"),
    Snippet("ruby", "", "undefined method `name' for nil:NilClass (NoMethodError)"),
    Snippet("php", "", "```php\n<?php echo 'hi';\n```"),
    Snippet(
      "php", "",
      """
      <?php
      function total(array $items): float {
          foreach ($items as $item) {
              $sum += $item['price'];
          }
          return $sum;
      }
      """),
    Snippet(
      "php", "", "PHP Fatal error: Uncaught Error: Call to undefined function mysqli_connect() in /var/www/db.php:3"),
    Snippet("php", "", "$stmt = $pdo->prepare('SELECT * FROM users WHERE id = ?');\n$stmt->execute([$id]);"),
    Snippet(
      "php", "laravel",
      """
      Route::get('/users', [UserController::class, 'index']);

      class User extends Model
      {
          protected $fillable = ['name', 'email'];
          public function posts() { return $this->hasMany(Post::class); }
      }
      """),
    Snippet("php", "laravel", "In Laravel, how do I eager load a relation only when a query parameter is set?"),
    Snippet(
      "php", "symfony",
      """
      use Symfony\\Component\\HttpFoundation\\Response;
      use Symfony\\Bundle\\FrameworkBundle\\Controller\\AbstractController;

      class HomeController extends AbstractController
      {
          public function index(): Response { return $this->render('home.html.twig'); }
      }
      """),
    Snippet("bash", "", "```sh\nls -la | grep foo\n```"),
    Snippet("bash", "", "```zsh\nexport PATH=\"$HOME/bin:$PATH\"\n```"),
    Snippet(
      "bash", "",
      """
      #!/bin/bash
      set -euo pipefail
      for f in *.txt; do
        if [[ -f "$f" ]]; then
          echo "$f"
        fi
      done
      """),
    Snippet("bash", "", "How do I loop over lines of a file in a bash script without losing the last one?"),
    Snippet(
      "bash", "", "find . -name '*.log' -mtime +7 -print0 | xargs -0 rm -f\n\nIs this safe with spaces in names?"),
    Snippet(
      "bash", "",
      """
      The following fails on the server:

      $ sudo apt-get update && sudo apt-get install -y nginx
      $ systemctl status nginx
      """),
    Snippet(
      "powershell", "",
      """
      Get-ChildItem -Path C:\\Logs -Recurse |
        Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-7) } |
        Remove-Item -Force
      """),
    Snippet("powershell", "", "```ps1\nWrite-Host \"hi\"\n```"),
    Snippet("powershell", "", "How can I run a PowerShell script from the task scheduler with elevated rights?"),
    Snippet(
      "lua", "",
      """
      local function map(t, f)
        local out = {}
        for i, v in ipairs(t) do
          out[i] = f(v)
        end
        return out
      end
      """),
    Snippet("lua", "", "How do metatables work in Lua, and what is __index for?"),
    Snippet(
      "perl", "",
      """
      use strict;
      use warnings;

      my %count;
      while (my $line = <STDIN>) {
          chomp $line;
          $count{$_}++ for split /\\s+/, $line;
      }
      """),
    Snippet("perl", "", "```perl\nmy @a = map { $_ * 2 } 1..3;\n```"),
    Snippet(
      "haskell", "",
      """
      module Main where

      fact :: Integer -> Integer
      fact 0 = 1
      fact n = n * fact (n - 1)

      main :: IO ()
      main = putStrLn (show (fact 5))
      """),
    Snippet("haskell", "", "Can someone explain the State monad in Haskell with a small example?"),
    Snippet(
      "elixir", "",
      """
      defmodule Counter do
        use GenServer

        def handle_call(:get, _from, n), do: {:reply, n, n}
      end

      [1, 2, 3] |> Enum.map(&(&1 * 2)) |> IO.inspect()
      """),
    Snippet("elixir", "phoenix", "How do I push an event to the client from a Phoenix LiveView?"),
    Snippet(
      "r", "",
      """
      library(ggplot2)
      df <- read.csv("data.csv")
      ggplot(df, aes(x = age, y = income)) + geom_point()
      """),
    Snippet("r", "", "```r\nx <- c(1, 2, 3)\n```"),
    Snippet("r", "", "How do I merge two data frames in R by two columns?"),
    Snippet(
      "julia", "",
      """
      ```julia
      using LinearAlgebra
      A = rand(3, 3)
      println(norm(A))
      ```
      """),
    Snippet(
      "julia", "",
      """
      function fib(n::Int)
          n < 2 ? n : fib(n - 1) + fib(n - 2)
      end
      println("fib: $(fib(10))")
      @time fib(20)
      """),
  ]
}
