"""Runs ONNX models in ONNX Runtime for Lamina's proof: onnxruntime_run.py FOLDER

FOLDER/job.json    {"batch": 100, "runs": [{"model": path, "inputs": {name: tensor}, "outputs": [name, ...]}, ...]}
FOLDER/result.json {"runtime": "ONNX Runtime 1.x", "runs": [{"outputs": {name: tensor}}, ...]} or {"error": text, "model": path}
tensor             {"type": "float32" | "int64" | "string", "shape": [...], "file": name}; strings are a JSON list, numbers raw little-endian
Exit status 3: ONNX Runtime or NumPy is not installed.
"""

import json
import pathlib
import sys

try:
    import numpy
    import onnxruntime
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

folder = pathlib.Path(sys.argv[1])


def load(tensor):
    path = folder / tensor["file"]
    if tensor["type"] == "string":
        return numpy.array(json.loads(path.read_text("utf-8")), dtype=object).reshape(tensor["shape"])
    return numpy.fromfile(path, dtype=tensor["type"]).reshape(tensor["shape"])


def save(array, name):
    path = folder / name
    if array.dtype == object or array.dtype.kind in "US":
        path.write_text(json.dumps([str(text) for text in array.reshape(-1)]), "utf-8")
        kind = "string"
    else:
        kind = "int64" if array.dtype.kind in "iub" else "float32"
        array.astype(kind).tofile(path)
    return {"type": kind, "shape": list(array.shape), "file": name}


def outputs_of(run, batch):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(run["model"], options, providers=["CPUExecutionProvider"])
    inputs = {name: load(tensor) for name, tensor in run["inputs"].items()}
    items = max((len(array) for array in inputs.values()), default=0)
    parts = [
        session.run(run["outputs"], {name: array[start : start + batch] for name, array in inputs.items()})
        for start in range(0, items, batch)
    ]
    return [numpy.concatenate(arrays) for arrays in zip(*parts)]


def main():
    job = json.loads((folder / "job.json").read_text("utf-8"))
    result = {"runtime": "ONNX Runtime " + onnxruntime.__version__, "runs": []}
    for number, run in enumerate(job["runs"]):
        try:
            arrays = outputs_of(run, job["batch"])
        except Exception as error:  # whatever the runtime dislikes is what the user wants to read
            result = {"error": str(error)[:2000], "model": run["model"]}
            break
        named = enumerate(zip(run["outputs"], arrays))
        result["runs"].append({"outputs": {name: save(array, f"out_{number}_{i}.bin") for i, (name, array) in named}})
    (folder / "result.json").write_text(json.dumps(result), "utf-8")


main()
