import pytest

from dashboard.server.origins import ForeignOrigin, Origin, Site, checked, origin, public

NEAR = Site(8501)
WIDE = Site(8501, ("127.0.0.1", "localhost", "::1", "pc-7", "pc-7.local"))
PROXIED = Site(8501, behind=(Origin("https", "jilan.gov.cn", 443),), path="/jilan")
PAGE = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def scope(kind: str = "http", server: str = "127.0.0.1", path: str = "/", **headers: object) -> dict:
    """An ASGI request; ``_`` in a header's name is ``-``, a tuple is the same header several times."""
    pairs = [
        (name.replace("_", "-").encode(), str(value).encode("latin-1"))
        for name, values in headers.items()
        for value in (values if isinstance(values, tuple) else (values,))
    ]
    more = {"method": "GET"} if kind == "http" else {}
    return {"type": kind, "path": path, "server": (server, 8501), "headers": pairs, **more}


def is_admitted(site: Site, **asked: object) -> bool:
    try:
        site.admit(scope(**asked))
    except ForeignOrigin:
        return False
    return True


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8501",
        "localhost:8501",
        "LocalHost:8501",
        "localhost.:8501",
        "[::1]:8501",
        "[0:0:0::1]:8501",
    ],
)
def test_a_server_on_loopback_answers_to_the_names_of_loopback(host):
    assert is_admitted(NEAR, host=host)
    assert is_admitted(NEAR, kind="websocket", host=host, origin=f"http://{host}")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "localhost", "localhost:80", "localhost:8502", "127.0.0.1"),
        *("localhost.evil.example:8501", "127.0.0.1.nip.io:8501", "localhost..:8501", "me@localhost:8501"),
        *("localhost:8501:8501", "localhost:8501/", "localhost :8501", "", ":8501", "localhost:", "::1:8501"),
        *("[::1", "[::1]8501", "[127.0.0.1]:8501", "[::1%25eth0]:8501", "0.0.0.0:8501", "2130706433:8501"),
        *("localhost:08501x", "localhost:850１", "localhost:8501, evil.example", "http://localhost:8501"),
    ],
)
def test_every_other_host_is_refused(host):
    host = host.encode().decode("latin-1")
    assert not is_admitted(NEAR, host=host)
    assert not is_admitted(WIDE, host=host)


def test_one_host_is_needed_and_a_target_of_this_server():
    assert not is_admitted(NEAR)
    assert not is_admitted(NEAR, host=("localhost:8501", "localhost:8501"))
    for target in ("http://localhost:8501/", "http://evil.example/", "*", "localhost:8501", ""):
        assert not is_admitted(NEAR, path=target, host="localhost:8501")


@pytest.mark.parametrize(
    "sender",
    [
        *("null", "", "http://evil.example", "https://localhost:8501", "http://localhost", "localhost:8501"),
        *("http://127.0.0.1:8501", "http://localhost:8502", "http://localhost:8501/", "file://"),
        *("http://localhost:8501.evil.example", "http://localhost:8501@evil.example", "ws://localhost:8501"),
        ("http://localhost:8501", "http://localhost:8501"),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_an_origin_has_to_be_that_of_the_host(kind, sender):
    assert not is_admitted(NEAR, kind=kind, host="localhost:8501", origin=sender)


def test_the_default_port_may_be_written_or_not():
    assert is_admitted(Site(80), host="localhost", origin="http://localhost:80")
    assert is_admitted(Site(80), host="localhost:80", origin="http://localhost")
    assert not is_admitted(Site(80), host="localhost", origin="https://localhost")
    assert is_admitted(PROXIED, host="jilan.gov.cn:443", origin="https://jilan.gov.cn")
    assert not is_admitted(PROXIED, host="jilan.gov.cn:80", origin="https://jilan.gov.cn")


def test_open_to_all_it_answers_to_the_address_that_was_reached_and_to_the_machines_names_only():
    assert is_admitted(WIDE, server="192.168.1.5", host="192.168.1.5:8501", origin="http://192.168.1.5:8501")
    assert is_admitted(WIDE, server="::ffff:192.168.1.5", host="192.168.1.5:8501")
    assert is_admitted(WIDE, server="fd00::2", host="[fd00:0::2]:8501")
    assert is_admitted(WIDE, server="192.168.1.5", host="PC-7:8501", origin="http://pc-7:8501")
    for host in ("192.168.1.6:8501", "rebound.example:8501", "8.8.8.8:8501", "[fd00::3]:8501"):
        assert not is_admitted(WIDE, server="192.168.1.5", host=host)


def test_behind_a_proxy_it_is_the_public_origin_with_its_scheme():
    asked = {"host": "jilan.gov.cn", "origin": "https://jilan.gov.cn"}
    assert PROXIED.admit(scope(**asked)) == Origin("https", "jilan.gov.cn", 443)
    assert not is_admitted(PROXIED, host="jilan.gov.cn", origin="http://jilan.gov.cn")
    assert not is_admitted(PROXIED, host="localhost:8501", origin="https://jilan.gov.cn")
    assert is_admitted(PROXIED, host="localhost:8501", origin="http://localhost:8501")


def test_what_a_proxy_says_of_the_host_counts_for_nothing():
    said = {"x_forwarded_host": "localhost:8501", "forwarded": "host=localhost:8501"}
    assert not is_admitted(NEAR, host="evil.example", **said)
    asked = scope(host="localhost:8501", x_forwarded_proto="https", x_forwarded_for="10.0.0.7", **said)
    passed_on = checked(asked, NEAR.admit(asked))
    assert (passed_on["scheme"], passed_on["headers"]) == ("http", [(b"host", b"localhost:8501")])


def test_streamlit_hears_the_host_and_the_origin_that_were_checked():
    asked = scope("websocket", host="JILAN.gov.cn.:443", origin="https://jilan.gov.cn:443", cookie="a=b")
    passed_on = checked(asked, PROXIED.admit(asked))
    headers = [(b"host", b"jilan.gov.cn"), (b"origin", b"https://jilan.gov.cn"), (b"cookie", b"a=b")]
    assert (passed_on["scheme"], passed_on["headers"]) == ("wss", headers)


def test_a_link_from_another_site_opens_a_page_and_nothing_else():
    assert is_admitted(NEAR, host="localhost:8501", **PAGE)
    assert is_admitted(NEAR, host="localhost:8501", **PAGE | {"sec-fetch-site": "none"})
    for changed in ({"sec-fetch-dest": "iframe"}, {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}):
        assert not is_admitted(NEAR, host="localhost:8501", **PAGE | changed)
    assert not is_admitted(NEAR, host="localhost:8501", sec_fetch_site="same-site", sec_fetch_mode="cors")


@pytest.mark.parametrize(
    ("address", "named", "path"),
    [
        ("https://jilan.gov.cn", "https://jilan.gov.cn", ""),
        ("https://Jilan.gov.cn:8443/", "https://jilan.gov.cn:8443", ""),
        ("http://10.0.0.5:80/a/jilan/", "http://10.0.0.5", "/a/jilan"),
        ("https://[2001:DB8::1]/jilan", "https://[2001:db8::1]", "/jilan"),
        ("https://中国.政务:8443", "https://xn--fiqs8s.xn--zfr164b:8443", ""),
    ],
)
def test_a_public_address_is_an_origin_and_a_path(address, named, path):
    found = public(address)
    assert (str(found[0]), found[1]) == (named, path)


@pytest.mark.parametrize(
    "address",
    [
        *("jilan.gov.cn", "ftp://jilan.gov.cn", "https://", "https:///jilan", "https://a b/", "https://a:0"),
        *(
            "https://a:70000",
            "https://a/../b",
            "https://a//b",
            "https://a/绩览",
            "https://a/b?c",
            "https://u@a",
        ),
    ],
)
def test_anything_else_is_no_public_address(address):
    with pytest.raises(ValueError, match="--behind"):
        public(address)


def test_an_origin_is_written_as_browsers_write_it():
    assert str(origin("http", "[::1]:8501")) == "http://[::1]:8501"
    assert str(origin("https", "A.example:443")) == "https://a.example"
    assert Site(8501, path="/jilan").url("fd00::2") == "http://[fd00::2]:8501/jilan/"
