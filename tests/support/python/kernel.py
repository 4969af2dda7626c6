"""A notebook's kernel for tests: runs code and carries messages of widgets, as lines of JSON on standard streams."""

import ast
import base64
import json
import sys

import anywidget

widgets = {}
output = sys.stdout
# Prints of the code are no messages.
sys.stdout = sys.stderr


def write(message):
    output.write(json.dumps(message) + "\n")
    output.flush()


def text_of(buffers):
    pairs = buffers.items() if isinstance(buffers, dict) else enumerate(buffers)
    return {str(key): base64.b64encode(data).decode("ascii") for key, data in pairs}


def to_page(kind, widget, content, buffers):
    widgets[widget.model_id] = widget
    write({"kind": kind, "model": widget.model_id, "content": content, "buffers": text_of(buffers)})


def run(code, names):
    """Runs code; the value of a last expression."""
    cell = ast.parse(code)
    last = cell.body.pop() if isinstance(cell.body[-1], ast.Expr) else None
    exec(compile(cell, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None


def handle(message, names):
    if "code" in message:
        return run(message["code"], names)
    buffers = {key: base64.b64decode(text) for key, text in message["buffers"].items()}
    widget = widgets[message["model"]]
    if message["kind"] == "update":
        widget.set_state({**message["content"], **{name: memoryview(data) for name, data in buffers.items()}})
    else:
        widget.receive(message["content"], list(buffers.values()))
    return None


def main():
    anywidget.channel = to_page
    names = {"__name__": "__main__"}
    for line in sys.stdin:
        message = json.loads(line)
        answer = {"answer": message["id"]}
        try:
            answer["result"] = handle(message, names)
            json.dumps(answer)
        except Exception as error:
            answer["result"] = None
            answer["error"] = f"{type(error).__name__}: {error}"
        write(answer)


main()
