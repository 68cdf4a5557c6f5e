"""Which addresses a feed or page may lead to."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.addresses import is_lifted, is_public

CLOSED = [
    "0.0.0.1", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.0.9",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "100::1",
    "2001:db8::1", "2001:2::1", "3fff::1", "5f00::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808",
    "2002:7f00:1::", "2002:c0a8:101::1",
    "2001:0:7f00:1::", "2001:0:808:808:0:0:80ff:fffe", "2001:0:808:808:0:0:f5ff:fffe",
    "", "example.org", "1.2.3", "0x7f000001", "1.2.3.4/8",
]  # fmt: skip
OPEN = [
    "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
    "192.0.3.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2001:0:808:808:0:0:f7f7:f7f7",
]  # fmt: skip
#: What these carry decides, whatever the standard library makes of the block as a whole.
SIX_TO_FOUR, TEREDO = ip_network("2002::/16"), ip_network("2001::/32")


@pytest.mark.parametrize("ip", CLOSED)
def test_an_address_that_is_not_of_the_public_internet_is_closed(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", OPEN)
def test_an_address_of_the_public_internet_is_open(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    ("url", "entry", "lifted"),
    [
        pytest.param("http://127.0.0.1:8000/a", "127.0.0.1:8000", True, id="host and port"),
        pytest.param("http://127.0.0.1:8001/a", "127.0.0.1:8000", False, id="another port"),
        pytest.param("http://127.0.0.1:8001/a", "127.0.0.1", True, id="any port"),
        pytest.param("http://127.0.0.1/a", "127.0.0.1:80", True, id="default port of http"),
        pytest.param("https://news.lan/a", "news.lan:443", True, id="default port of https"),
        pytest.param("https://news.lan/a", "news.lan:80", False, id="port of the other scheme"),
        pytest.param("https://NEWS.lan./a", "News.LAN", True, id="case and final dot"),
        pytest.param("https://x.news.lan/", "news.lan", False, id="not its subdomains"),
        pytest.param("http://[::1]:80/", "[::1]:80", True, id="IPv6 with port"),
        pytest.param("http://[::1]:80/", "[::1]", True, id="IPv6 in brackets"),
        pytest.param("http://[0:0::1]:80/", "::1", True, id="IPv6 spelled otherwise"),
        pytest.param("http://127.0.0.1@10.0.0.1/", "127.0.0.1", False, id="user that looks so"),
    ],
)
def test_the_ban_is_lifted_for_the_named_host_alone(url, entry, lifted):
    assert is_lifted(url, frozenset({entry})) is lifted


@given(st.text(max_size=40) | st.ip_addresses().map(str))
def test_any_text_is_an_open_address_or_not(text):
    assert is_public(text) in (True, False)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_open_inside_an_ipv6_one(address):
    for inside in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
        assert is_public(inside) is is_public(str(address))


@given(st.ip_addresses())
def test_no_address_is_more_open_than_the_standard_library_has_it(address):
    if is_public(str(address)):
        inner = getattr(address, "ipv4_mapped", None) or address
        assert inner.is_global or inner in SIX_TO_FOUR or inner in TEREDO
