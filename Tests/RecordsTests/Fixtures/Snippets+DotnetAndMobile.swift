extension Snippets {
  static let dotnetAndMobile: [Snippet] = [
    Snippet("csharp", "", "```cs\nvar x = 1;\n```"),
    Snippet("csharp", "", "```c#\nstring? s = null;\n```"),
    Snippet(
      "csharp", "",
      """
      using System;
      using System.Collections.Generic;

      namespace Demo
      {
          public class Person
          {
              public string Name { get; set; }
              public override string ToString() => Name;
          }
      }
      """),
    Snippet("csharp", "", "Console.WriteLine(string.Join(\", \", items.Where(x => x > 2).Select(x => x * x)));"),
    Snippet(
      "csharp", "",
      "System.NullReferenceException: Object reference not set to an instance of an object.\n   at Shop.Cart.Total() in Cart.cs:line 18"
    ),
    Snippet("csharp", "", "What is the difference between Task.Run and async/await in C#?"),
    Snippet("csharp", "", "Wie kann ich in C# eine Liste nach zwei Eigenschaften sortieren?"),
    Snippet(
      "csharp", "asp.net",
      """
      var builder = WebApplication.CreateBuilder(args);
      builder.Services.AddControllers();
      var app = builder.Build();
      app.MapGet("/", () => "Hello");
      app.Run();
      """),
    Snippet(
      "csharp", "asp.net",
      """
      ```csharp
      [ApiController]
      [Route("api/[controller]")]
      public class UsersController : ControllerBase
      {
          [HttpGet("{id}")]
          public async Task<ActionResult<User>> Get(int id) => Ok(await _db.Users.FindAsync(id));
      }
      ```
      """),
    Snippet("csharp", "asp.net", "How do I register a scoped service in ASP.NET Core and use it in middleware?"),
    Snippet(
      "csharp", "unity",
      """
      using UnityEngine;

      public class Player : MonoBehaviour
      {
          void Update() { transform.Translate(Vector3.forward * Time.deltaTime); }
      }
      """),
    Snippet("dart", "", "```dart\nfinal list = <int>[1, 2];\n```"),
    Snippet(
      "dart", "flutter",
      """
      import 'package:flutter/material.dart';

      class Home extends StatelessWidget {
        @override
        Widget build(BuildContext context) {
          return Scaffold(body: Center(child: Text('Hi')));
        }
      }
      """),
    Snippet("dart", "flutter", "A RenderFlex overflowed by 42 pixels on the bottom. How do I fix this in Flutter?"),
    Snippet("dart", "flutter", "Flutter 中如何在 initState 里调用异步函数？"),
    Snippet(
      "dart", "",
      """
      Future<void> main() async {
        final res = await http.get(Uri.parse('https://example.com'));
        print(res.body);
      }
      """),
  ]
}
