"""Tests of the page in a browser, in a real Home Assistant with the simulated cloud."""
