extension Snippets {
  static let python: [Snippet] = [
    Snippet("python", "", "```python\nprint('hello')\n```"),
    Snippet("python", "", "```py\nx = [i * 2 for i in range(10)]\n```"),
    Snippet(
      "python", "",
      """
      Why does this recurse forever?

      def fact(n):
          if n == 0:
              return 1
          return n * fact(n)
      """),
    Snippet(
      "python", "",
      """
      Traceback (most recent call last):
        File "app/run.py", line 12, in <module>
          main()
        File "app/run.py", line 8, in main
          return int(value)
      ValueError: invalid literal for int() with base 10: 'abc'
      """),
    Snippet(
      "python", "fastapi",
      """
      ```python
      from fastapi import FastAPI, Depends

      app = FastAPI()

      @app.get("/items/{item_id}")
      async def read_item(item_id: int):
          return {"item_id": item_id}
      ```
      """),
    Snippet(
      "python", "fastapi",
      "How do I add a dependency that checks a token to every route in FastAPI without repeating it?",
      answer: "Pass `dependencies=[Depends(verify)]` to `APIRouter(...)`; it runs for each route of that router."),
    Snippet(
      "python", "django",
      """
      My queryset makes 300 queries.

      from django.db import models

      class Book(models.Model):
          author = models.ForeignKey(Author, on_delete=models.CASCADE)
      """,
      answer: "Use `Book.objects.select_related(\"author\")`."),
    Snippet(
      "python", "django",
      "What is the cleanest way to write a Django view that returns 404 when the object is missing?"),
    Snippet(
      "python", "django",
      "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty."),
    Snippet(
      "python", "flask",
      """
      from flask import Flask, request, jsonify

      app = Flask(__name__)

      @app.route("/login", methods=["POST"])
      def login():
          return jsonify(ok=True)
      """),
    Snippet("python", "flask", "How can I stream a large file from a Flask app without loading it into memory?"),
    Snippet(
      "python", "pandas",
      """
      I have a frame and want the mean per group:
      ```
      import pandas as pd
      df = pd.read_csv("sales.csv")
      df.groupby("region")["total"].mean()
      ```
      """),
    Snippet(
      "python", "pandas",
      "SettingWithCopyWarning: A value is trying to be set on a copy of a slice from a DataFrame",
      answer: "Use `df.loc[mask, \"price\"] = 0` instead of chained indexing in pandas."),
    Snippet(
      "python", "numpy",
      """
      import numpy as np
      a = np.arange(12).reshape(3, 4)
      print(a @ a.T)
      """),
    Snippet(
      "python", "pytorch",
      """
      ```python
      import torch
      import torch.nn as nn

      class Net(nn.Module):
          def forward(self, x):
              return self.fc(x)
      ```
      RuntimeError: mat1 and mat2 shapes cannot be multiplied (64x512 and 256x10)
      """),
    Snippet("python", "pytorch", "My PyTorch loss becomes NaN after two epochs. What should I look at first?"),
    Snippet(
      "python", "tensorflow",
      """
      import tensorflow as tf
      model = tf.keras.Sequential([tf.keras.layers.Dense(10)])
      model.compile(optimizer="adam", loss="mse")
      """),
    Snippet(
      "python", "scikit-learn",
      """
      from sklearn.model_selection import train_test_split
      from sklearn.linear_model import LogisticRegression
      X_train, X_test, y_train, y_test = train_test_split(X, y)
      """),
    Snippet(
      "python", "pytest",
      """
      import pytest

      @pytest.fixture
      def client():
          yield make_client()

      def test_status(client):
          assert client.get("/").status == 200
      """),
    Snippet("python", "pytest", "How do I run one parametrized case only with pytest, by its id?"),
    Snippet("python", "", "Wie sortiere ich in Python eine Liste von Wörterbüchern nach einem Schlüssel?"),
    Snippet("python", "", "请问如何用Python读取一个很大的文本文件而不占用太多内存？"),
    Snippet(
      "python", "",
      "Rename all files in a folder",
      answer: """
        Use `pathlib`:

        ```python
        from pathlib import Path

        for p in Path("in").glob("*.jpeg"):
            p.rename(p.with_suffix(".jpg"))
        ```

        Run it with:

        ```bash
        python3 rename.py
        ```
        """),
    Snippet(
      "python", "",
      """
      class Stack:
          def __init__(self):
              self.items = []

          def push(self, item):
              self.items.append(item)
      """),
    Snippet(
      "python", "",
      "ModuleNotFoundError: No module named 'requests' although pip install requests says it is already satisfied"),
    Snippet(
      "python", "",
      """
      async def fetch(session, url):
          async with session.get(url) as resp:
              return await resp.text()

      results = await asyncio.gather(*[fetch(s, u) for u in urls])
      """),
    Snippet(
      "python", "",
      """
      ```
      with open("data.json") as f:
          data = json.load(f)
      for k, v in data.items():
          print(f"{k}: {v}")
      ```
      """),
    Snippet(
      "python", "django",
      "```bash\npython manage.py makemigrations\n```\nsays no changes detected",
      answer: """
        Add the app to `INSTALLED_APPS`:
        ```python
        INSTALLED_APPS = ["shop.apps.ShopConfig"]
        ```
        Django only looks at installed apps.
        """),
  ]
}
