"""How the app looks: the house palette, one font that every machine has, a visible focus, and nothing that is fetched from elsewhere."""

from __future__ import annotations

THEME = {
    "theme.base": "light",
    "theme.primaryColor": "#12436D",
    "theme.backgroundColor": "#FFFFFF",
    "theme.secondaryBackgroundColor": "#F3F5F7",
    "theme.textColor": "#0B0C0C",
    "theme.linkColor": "#1A5A96",
    "theme.font": "Arial, Helvetica, sans-serif",
    "theme.headingFont": "Arial, Helvetica, sans-serif",
    "theme.codeFont": "Consolas, Menlo, DejaVu Sans Mono, monospace",
    "theme.headingFontSizes": ["2rem", "1.5rem", "1.25rem", "1.125rem", "1rem", "1rem"],
    "theme.borderColor": "#6F777B",
    "theme.showWidgetBorder": True,
}
"""What Streamlit is told, so that no font of its own and no dark theme is used."""

STYLE = """<style>
.block-container { max-width: 68rem; padding-top: 4.5rem; }
:focus-visible { outline: 3px solid #0b0c0c !important; outline-offset: 1px; box-shadow: 0 0 0 6px #ffdd00 !important; }
[data-testid="stHtml"] p, [data-testid="stHtml"] ul, [data-testid="stHtml"] dl { max-width: 46rem; }
[data-testid="stHtml"] p { margin: 0 0 0.75rem; }
.ms-lead { font-size: 1.25rem; line-height: 1.45; }
.ms-soft, .ms-below { color: #484949; font-size: 0.875rem; }
.ms-below { display: block; font-weight: normal; }
.ms-message { font-size: 1.1875rem; font-weight: bold; border-top: 2px solid #12436d; padding-top: 0.75rem; }
.ms-boxed, .ms-error { border-left: 0.5rem solid #12436d; background: #f3f5f7; padding: 1rem 1.25rem 0.25rem; max-width: 52rem; }
.ms-error { border-color: #801650; overflow-wrap: anywhere; }
.ms-scroll { overflow-x: auto; margin: 0.5rem 0; }
.ms-scroll table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
.ms-scroll caption { text-align: left; font-weight: bold; padding-bottom: 0.5rem; caption-side: top; color: #0b0c0c; }
.ms-scroll caption > span { position: sticky; left: 0; display: inline-block; max-width: min(52rem, calc(100vw - 5rem)); }
.ms-scroll th, .ms-scroll td { text-align: left; vertical-align: top; padding: 0.45rem 1rem 0.45rem 0; border-bottom: 1px solid #b1b4b6; }
.ms-scroll th[scope="row"] { font-weight: normal; min-width: 9rem; max-width: 22rem; overflow-wrap: anywhere; }
.ms-scroll td { min-width: 5.5rem; overflow-wrap: break-word; }
.ms-scroll thead th { border-bottom: 2px solid #0b0c0c; vertical-align: bottom; }
.ms-scroll .ms-number { text-align: right; font-variant-numeric: tabular-nums; }
ul.ms-findings { list-style: none; padding: 0; max-width: 52rem; }
.ms-findings li { display: flex; gap: 0.6rem; padding: 0.4rem 0; margin: 0; border-bottom: 1px solid #b1b4b6; }
.ms-mark { display: inline-block; min-width: 1em; color: #3d3d3d; }
.ms-likely-better .ms-mark { color: #12436d; }
.ms-likely-worse .ms-mark { color: #801650; }
[data-testid="stHtml"] dl { margin: 0 0 1rem; padding: 0; }
[data-testid="stHtml"] dt { font-weight: bold; margin: 0; }
[data-testid="stHtml"] dd { margin: 0 0 0.6rem; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #484949; opacity: 1; }
[data-testid="stPageLink"] p { color: #1a5a96; text-decoration: underline; }
[data-testid="stPlotlyChart"] { background: #fff; }
[data-testid="stMain"] { container-type: inline-size; }
@container (width > 47rem) { [class*="st-key-ms-narrow-"] { display: none; } }
@container (width <= 47rem) { [class*="st-key-ms-wide-"] { display: none; } }
@media (max-width: 30rem) { .block-container { padding-left: 1rem; padding-right: 1rem; } h1 { font-size: 1.6rem !important; } }
@media print { header, [data-testid="stSidebar"], button { display: none !important; } }
</style>"""
