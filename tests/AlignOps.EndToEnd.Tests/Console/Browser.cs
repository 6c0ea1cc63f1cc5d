using Microsoft.Playwright;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>The system's Chromium, driven from here.</summary>
internal sealed class Browser : IAsyncDisposable
{
    public const float Patience = 30_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("ALIGNOPS_CHROMIUM") ?? Places.FirstOrDefault(File.Exists);
        Assert.True(chromium is not null, "There is no Chromium: apt-get install chromium, or name one with ALIGNOPS_CHROMIUM.");
        var playwright = await Playwright.CreateAsync();

        // A test may run as root and in a container, where the browser's sandbox cannot.
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        return new Browser(playwright, browser);
    }

    /// <summary>A window of its own, with its own cookies.</summary>
    public async Task<IPage> OpenAsync(string url, ColorScheme scheme = ColorScheme.Light, int width = 1280, bool scripts = true)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = url,
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
