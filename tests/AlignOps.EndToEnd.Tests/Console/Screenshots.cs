using Microsoft.Playwright;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>Pictures of the console, for eyes: below ALIGNOPS_SCREENSHOTS, or beside the test's assembly.</summary>
internal static class Screenshots
{
    public static string Folder { get; } =
        Directory.CreateDirectory(Environment.GetEnvironmentVariable("ALIGNOPS_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public static async Task TakeAsync(IPage page, string name)
    {
        var path = Path.Combine(Folder, name + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        Assert.True(new FileInfo(path).Length > 5_000, path);
    }
}
