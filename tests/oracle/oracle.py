"""What botocore makes of an input, and of a response: one question a line, one answer a line, no network.

Started with the path of a model and the version of botocore that it has to be. Questions and answers are JSON:

    {"operation": "…", "input": {…}}
        -> {"method": "…", "uri": "…", "headers": {…}, "body": "…"}
    {"operation": "…", "status": 200, "headers": {…}, "body": "…"}
        -> {"output": {…}} or {"error": {…}, "code": "…", "message": "…"}
    anything that botocore raises
        -> {"raised": "…"}

In JSON a timestamp is a string of RFC 3339 and a blob one of base64, both ways.
"""

import base64
import datetime
import json
import sys

import botocore
from botocore.awsrequest import prepare_request_dict
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer

ENDPOINT = "http://localhost"


def convert(shape, value, leaf):
    """The value with `leaf` applied to what JSON has no form for."""
    if value is None or shape is None:
        return value
    if shape.type_name == "structure":
        known = shape.members
        return {
            name: convert(known.get(name), member, leaf)
            for name, member in value.items()
        }
    if shape.type_name == "list":
        return [convert(shape.member, item, leaf) for item in value]
    if shape.type_name == "map":
        return {key: convert(shape.value, item, leaf) for key, item in value.items()}
    return leaf(shape.type_name, value)


def from_json(type_name, value):
    if type_name == "timestamp":
        return datetime.datetime.fromisoformat(value)
    if type_name == "blob":
        return base64.b64decode(value)
    return value


def to_json(type_name, value):
    if type_name == "timestamp":
        return value.astimezone(datetime.timezone.utc).isoformat()
    if type_name == "blob":
        return base64.b64encode(value).decode()
    return value


class Oracle:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.model = ServiceModel(json.load(file))
        # Inputs that the service would refuse are serialized too.
        self.serializer = create_serializer(self.model.protocol, False)
        self.parser = create_parser(self.model.protocol)

    def answer(self, question):
        operation = self.model.operation_model(question["operation"])
        if "input" in question:
            return self.request(operation, question["input"])
        return self.response(operation, question)

    def request(self, operation, parameters):
        parameters = convert(operation.input_shape, parameters, from_json)
        request = self.serializer.serialize_to_request(parameters, operation)
        prepare_request_dict(request, ENDPOINT)
        body = request["body"]
        return {
            "method": request["method"],
            "uri": request["url"].removeprefix(ENDPOINT),
            "headers": {
                name.lower(): value for name, value in request["headers"].items()
            },
            "body": body.decode() if isinstance(body, bytes) else body,
        }

    def response(self, operation, question):
        response = {
            "status_code": question["status"],
            "headers": question["headers"],
            "body": question["body"].encode(),
        }
        shape = operation.output_shape
        parsed = self.parser.parse(response, shape)
        error = parsed.pop("Error", None)
        parsed.pop("ResponseMetadata", None)
        if question["status"] < 300:
            return {"output": convert(shape, parsed, to_json)}
        code = error["Code"]
        answer = {"code": code, "message": error["Message"], "error": None}
        # As botocore's client does it.
        shape = self.model.shape_for_error_code(code)
        if shape is not None:
            members = self.parser.parse(response, shape)
            members = {name: members[name] for name in shape.members if name in members}
            answer["error"] = convert(shape, members, to_json)
        return answer


def main():
    path, version = sys.argv[1:]
    if botocore.__version__ != version:
        sys.exit(f"this is botocore {botocore.__version__}, and it has to be {version}")
    oracle = Oracle(path)
    for line in sys.stdin:
        try:
            answer = oracle.answer(json.loads(line))
        except Exception as error:
            answer = {"raised": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
