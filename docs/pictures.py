"""Makes the README's pictures with a real Chromium: `python -m docs.pictures`."""

from pathlib import Path

from benchmarks.harness import application, browser

FOLDER = Path(__file__).parent
SHOTS = {
    # name: (address, width, height, dark, what to do first)
    "draw-a-digit": ("/draw-a-digit?place=conv2.29.6.7", 1280, 860, False, ""),
    "draw-a-digit-dark": ("/draw-a-digit?place=relu1.13.10.15&why=1&lang=ko", 1280, 1120, True, ""),
    "photographed-handwriting": ("/photographed-handwriting?digit=10", 1280, 1000, False, ""),
    "present": ("/draw-a-digit?present=1", 1280, 720, False, "conv1"),
    "convolution-and-pooling": ("/convolution-and-pooling", 1280, 900, False, ""),
    "lenet-alexnet-vgg": ("/lenet-alexnet-vgg", 1280, 900, False, ""),
    "train-a-cnn": ("/train-a-cnn", 1280, 1180, False, ""),
    "your-network": ("/your-network", 1280, 1000, False, ""),
    "sine-live": ("/sine-live", 1280, 980, False, ""),
    "inside-the-cell": ("/inside-the-cell", 1280, 1280, False, ""),
    "long-dependencies": ("/long-dependencies", 1280, 860, False, ""),
    "real-pictures": ("/real-pictures?array=block3_sum&map=2", 1280, 1150, False, ""),
    "text-that-writes-itself": ("/text-that-writes-itself", 1280, 1000, False, ""),
    "attention-step-by-step": ("/attention-step-by-step", 1280, 1000, False, ""),
    "attention-in-a-trained-model": ("/attention-in-a-trained-model", 1280, 1000, False, ""),
    "words-as-vectors": ("/words-as-vectors", 1280, 1000, False, ""),
    "transformer": ("/transformer", 1280, 1000, False, ""),
    "bert": ("/bert", 1280, 900, False, ""),
    "phone": ("/draw-a-digit", 390, 844, False, ""),
}
PARTS = {
    # name: (address, what is shown of the page), for docs/design.md
    "design-header": ("/draw-a-digit", ".st-key-fp-top"),
    "design-settings": ("/convolution-and-pooling", ".fp .settings"),
    "design-panel": ("/sine-live", ".fp .panel"),
    "design-selected": ("/convolution-and-pooling", ".fp .planes"),
}


def main() -> None:
    """Take every picture."""
    with application() as address, browser() as chromium:
        for name, (path, width, height, dark, step) in SHOTS.items():
            page = chromium.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
            page.goto(address + path)
            page.wait_for_selector(
                "[data-answers]" if "digit" in path else ".fp:not(dialog) [data-fp]:visible"
            )
            while step and page.evaluate("document.documentElement.dataset.fpStep") != step:
                page.keyboard.press("Space")
            page.wait_for_timeout(4000)  # fonts, shipped runs, the reasons, the last transition
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        for name, (path, part) in PARTS.items():
            page.goto(address + path)
            page.wait_for_selector(".fp:not(dialog) [data-fp]:visible")
            page.wait_for_timeout(4000)
            page.locator(part).screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
