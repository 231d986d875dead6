"""What travels to the browser for the map: on a first visit with an empty cache, and on a change of measure."""

import base64
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.browser import BESIDE_OTHERS, WINDOW, other_measures, pick, visit
from bench.report import Finding, note, within

LIMIT_KB = 150
BINARY_FRAME = 2


@dataclass
class Traffic:
    """Bytes of each file as sent (headers included), and the messages of the web socket before compression."""

    files: dict[str, int] = field(default_factory=dict)
    messages: list[bytes] = field(default_factory=list)

    def size_of(self, *words: str) -> int:
        return sum(size for url, size in self.files.items() if any(word in url for word in words))

    def paint(self) -> int:
        """Return the size of the messages to the map's component."""
        return sum(len(body) for body in self.messages if _is_component(body))


def _is_component(body: bytes) -> bool:
    return ForwardMsg.FromString(body).delta.new_element.WhichOneof("type") == "component_instance"


def listen(context: BrowserContext, page: Page) -> Traffic:
    """Record what the page receives from now on."""
    traffic, urls = Traffic(), {}
    devtools = context.new_cdp_session(page)

    def on_file(event: dict) -> None:
        if event["requestId"] in urls:
            traffic.files[urls[event["requestId"]]] = int(event["encodedDataLength"])

    def on_message(event: dict) -> None:
        if event["response"]["opcode"] == BINARY_FRAME:
            traffic.messages.append(base64.b64decode(event["response"]["payloadData"]))

    devtools.on("Network.requestWillBeSent", lambda event: urls.update({event["requestId"]: event["request"]["url"]}))
    devtools.on("Network.loadingFinished", on_file)
    devtools.on("Network.webSocketFrameReceived", on_message)
    devtools.send("Network.enable")
    return traffic


def map_bytes(browser: Browser, app: str) -> list[Finding]:
    """Count what the map's data, code and page weigh."""
    with browser.new_context(viewport=WINDOW) as context:
        page = context.new_page()
        traffic = listen(context, page)
        visit(page, app + BESIDE_OTHERS, "areas")
        page.wait_for_timeout(500)
        files, messages = sum(traffic.files.values()), sum(map(len, traffic.messages))
        shapes, paint = traffic.size_of("/assets/catchments.js"), traffic.paint()
        code = traffic.size_of("/assets/leaflet/", "/assets/catchment-map")
        traffic.files.clear()
        traffic.messages.clear()
        pick(page, other_measures(page)[0], "repainted")
        page.wait_for_timeout(500)
        repaint, everything = traffic.paint(), sum(map(len, traffic.messages))
        fetched = sum(traffic.files.values())
    note(f"first visit: polygons {_kb(shapes)}, paint message {_kb(paint)}, Leaflet and the map's code {_kb(code)}")
    note(f"first visit: all files {_kb(files)} (nearly all Streamlit's own), all messages {_kb(messages)}")
    note(f"change of measure: all messages {_kb(everything)}, files {_kb(fetched)}")
    return [
        within("Map's data on a first visit", (shapes + paint) / 1000, LIMIT_KB, "kB"),
        within("The same with Leaflet and the map's code", (shapes + paint + code) / 1000, LIMIT_KB, "kB"),
        within("Map's data on a change of measure", repaint / 1000, LIMIT_KB, "kB"),
    ]


def _kb(size: int) -> str:
    return f"{size / 1000:,.0f} kB"
