"""What botocore makes of an input, and of a response: one question a line, one answer a line, no network.

Started with the version of botocore that it has to be. Questions and answers are JSON:

    {"model": "path", "protocol": "…", "operation": "…", "input": {…}}
        -> {"method": "…", "host": "…", "uri": "…", "headers": {…}, "body": "base64"}
    {"model": "path", "protocol": "…", "operation": "…", "status": 200, "headers": {…}, "body": "base64"}
        -> {"output": {…}} or {"error": {…}, "code": "…", "message": "…"}
    anything that botocore raises
        -> {"raised": "…"}

In JSON a timestamp is a string of RFC 3339, a blob one of base64, a number that is none its name, and JSON in a header the
text of it, both ways.
"""

import base64
import datetime
import functools
import json
import math
import sys

import botocore
from botocore.awsrequest import HeadersDict, create_request_object, prepare_request_dict
from botocore.model import ServiceModel
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.utils import is_json_value_header

ENDPOINT = "http://localhost"


def convert(shape, value, leaf):
    """The value with `leaf` applied to what JSON has no form for."""
    if value is None or shape is None:
        return value
    if shape.type_name == "structure" and not shape.is_document_type:
        known = shape.members
        return {
            name: convert(known.get(name), member, leaf)
            for name, member in value.items()
        }
    if shape.type_name == "list":
        return [convert(shape.member, item, leaf) for item in value]
    if shape.type_name == "map":
        return {key: convert(shape.value, item, leaf) for key, item in value.items()}
    return leaf(shape, value)


def from_json(shape, value):
    if shape.type_name == "timestamp":
        return datetime.datetime.fromisoformat(value)
    if shape.type_name == "blob":
        return base64.b64decode(value)
    if shape.type_name in ("float", "double"):
        return float(value)
    if shape.type_name == "string" and is_json_value_header(shape):
        return json.loads(value)
    return value


def to_json(shape, value):
    if shape.type_name == "timestamp":
        return value.astimezone(datetime.timezone.utc).isoformat()
    if shape.type_name == "blob":
        # The payload of a response is text to botocore.
        bytes = value.encode() if isinstance(value, str) else value
        return base64.b64encode(bytes).decode()
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if shape.type_name == "string" and is_json_value_header(shape):
        return json.dumps(value)
    return value


@functools.cache
def model(path):
    with open(path, encoding="utf-8") as file:
        return ServiceModel(json.load(file))


def answer(question):
    service = model(question["model"])
    protocol = question["protocol"]
    operation = service.operation_model(question["operation"])
    if "input" in question:
        return request(protocol, operation, question["input"])
    return response(protocol, service, operation, question)


def request(protocol, operation, parameters):
    parameters = convert(operation.input_shape, parameters, from_json)
    # Inputs that the service would refuse are serialized too.
    serializer = create_serializer(protocol, False)
    request = serializer.serialize_to_request(parameters, operation)
    prepare_request_dict(request, ENDPOINT)
    request = create_request_object(request).prepare()
    scheme, _, rest = request.url.partition("://")
    host, _, path = rest.partition("/")
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    return {
        "method": request.method,
        "host": host.removesuffix("localhost"),
        "uri": "/" + path,
        "headers": {name.lower(): text(value) for name, value in request.headers.items()},
        "body": base64.b64encode(body).decode(),
    }


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def response(protocol, service, operation, question):
    response = {
        "status_code": question["status"],
        "headers": HeadersDict(question["headers"]),
        "body": base64.b64decode(question["body"]),
    }
    parser = create_parser(protocol)
    shape = operation.output_shape
    parsed = parser.parse(response, shape)
    parsed.pop("ResponseMetadata", None)
    if question["status"] < 300:
        return {"output": convert(shape, parsed, to_json)}
    error = parsed["Error"]
    code = error["Code"]
    answer = {"code": code, "message": error.get("Message"), "error": None}
    # As botocore's client does it.
    shape = service.shape_for_error_code(code)
    if shape is not None:
        members = parser.parse(response, shape)
        members = {name: members[name] for name in shape.members if name in members}
        answer["error"] = convert(shape, members, to_json)
    return answer


def main():
    (version,) = sys.argv[1:]
    if botocore.__version__ != version:
        sys.exit(f"this is botocore {botocore.__version__}, and it has to be {version}")
    for line in sys.stdin:
        try:
            said = json.dumps(answer(json.loads(line)))
        except Exception as error:
            said = json.dumps({"raised": f"{type(error).__name__}: {error}"})
        print(said, flush=True)


main()
