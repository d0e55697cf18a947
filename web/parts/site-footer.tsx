export const SiteFooter = () => (
  <footer className="site-footer">
    <p>
      Virtual accounts at live venue prices. No real orders are placed and nothing here is investment advice. Prices and
      times are shown in your own time zone unless a rule names another.
    </p>
    <p>
      Charts are drawn with <a href="https://www.tradingview.com/">TradingView Lightweight Charts™</a>, © TradingView,
      Inc.
    </p>
  </footer>
);
