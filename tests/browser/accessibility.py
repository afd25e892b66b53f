"""What axe-core finds wrong with a page by the rules of WCAG 2.2, levels A and AA."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *only: str) -> list[str]:
    """One line a fault: the rule, what it asks, and the elements at fault. By ``only`` these rules,
    or by all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": list(only) or RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']}: {rule['help']}: " + "; ".join(node["html"][:200] for node in rule["nodes"])
        for rule in found
    ]
