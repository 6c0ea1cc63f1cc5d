using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>People at work in the console, in a real browser, on a real process.</summary>
public sealed partial class ConsoleBrowserTests(ConsolePlace place) : IClassFixture<ConsolePlace>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = Browser.Patience };
    private static readonly LocatorAssertionsToContainTextOptions Eventually = new() { Timeout = Browser.Patience };

    [Fact]
    public async Task Console_FeedbackPushed_IsWatchedApprovedPromotedAndRolledBack()
    {
        await using var browser = await Browser.StartAsync();
        var watched = new List<string>();

        // Petra pushes and reads what became of her rows.
        var petra = Watch(await browser.OpenAsync(place.Url), watched);
        await petra.GotoAsync("/batches");
        await petra.FillAsync("#key", "ao_wrong");
        await petra.ClickAsync("button:has-text('Sign in')");
        await Expect(petra.Locator("[role=alert]")).ToContainTextAsync("not known");
        await SignInAsync(petra, place.ProductKey, "petra");
        await petra.GotoAsync("/batches");
        await petra.SelectOptionAsync("select[name=pipeline] >> nth=0", ConsolePlace.Pipeline);
        await petra.SetInputFilesAsync("input[type=file]", place.WriteFeedback(1));
        await petra.ClickAsync("button:has-text('Push')");
        await Expect(petra.Locator(".note")).ToContainTextAsync("accepted");
        await Expect(petra.Locator("nav.tabs")).ToContainTextAsync("rejected 1");
        var batch = new Uri(petra.Url).AbsolutePath;

        // Otto finds the run without reloading anything, and follows it.
        var otto = Watch(await browser.OpenAsync(place.Url), watched);
        await SignInAsync(otto, place.OpsKey, "otto");
        await otto.EvaluateAsync("window.stayed = true");
        await otto.Locator("#running a, #waiting a[href*='/runs/']").First.ClickAsync();
        await otto.WaitForURLAsync(RunAddress());
        var run = new Uri(otto.Url).AbsolutePath;
        await otto.EvaluateAsync("window.stayed = true");
        await Expect(otto.Locator("#loss .chart .line")).ToBeVisibleAsync(Soon);
        await Expect(otto.Locator("#evidence .chart .line")).ToBeVisibleAsync(Soon);
        await Expect(otto.Locator("#run-head .badge").First).ToContainTextAsync("awaiting approval", Eventually);
        Assert.True(await otto.EvaluateAsync<bool>("window.stayed === true"), "The page was loaded anew while it was watched.");

        // The console offers Petra the form; the API says that she may not.
        await petra.GotoAsync(run);
        await AnswerAsync(petra, "#approve-reason", "Approve", "It is mine.");
        await Expect(petra.Locator(".note.tone-bad")).ToBeVisibleAsync();

        // Otto may, and sees it through.
        await Expect(otto.Locator("#approve-reason")).ToBeVisibleAsync(Soon);
        await AnswerAsync(otto, "#approve-reason", "Approve", ConsolePlace.Hostile);
        await Expect(otto.Locator(".note.tone-good")).ToContainTextAsync("on record");
        await Expect(otto.Locator("#run-head .badge").First).ToContainTextAsync("promoted", Eventually);
        await Expect(otto.Locator("#decide")).ToContainTextAsync(ConsolePlace.Hostile);
        await VersionAsync(otto, 2);

        // Going back needs no script.
        var plain = await browser.OpenAsync(place.Url, scripts: false);
        await SignInAsync(plain, place.OpsKey, "otto");
        await plain.GotoAsync("/models");
        await AnswerAsync(plain, $"#rollback-{ConsolePlace.Pipeline}", "Roll back", "Customers complain.");
        await Expect(plain.Locator(".note").First).ToContainTextAsync("rolled back");
        await Expect(plain.Locator("main")).ToContainTextAsync("version 3");
        await Expect(plain.Locator("main")).ToContainTextAsync("on hold since otto");

        foreach (var (name, scheme, width) in new[] { ("light", ColorScheme.Light, 1280), ("dark", ColorScheme.Dark, 1280), ("phone", ColorScheme.Light, 390), ("phone-dark", ColorScheme.Dark, 390) })
        {
            await LookAroundAsync(Watch(await browser.OpenAsync(place.Url, scheme, width), watched), name, run, batch);
        }

        Assert.Empty(watched);
    }

    /// <summary>Every page in one look: pictured, no wider than the window, and nothing of what people wrote became an element.</summary>
    private async Task LookAroundAsync(IPage page, string look, string run, string batch)
    {
        await page.GotoAsync("/");
        await Screenshots.TakeAsync(page, $"sign-in-{look}");
        await SignInAsync(page, place.OpsKey, "otto");
        foreach (var (name, path) in new[] { ("now", "/"), ("runs", "/runs"), ("run", run), ("gate", run + "/gate"), ("models", "/models"), ("batches", "/batches"), ("batch", batch) })
        {
            await page.GotoAsync(path);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{name} is wider than the window in {look}.");
            Assert.Empty(await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll(`img[src=x], script:not([src]), [onerror], [onload], [onclick], [style], a[href^='javascript']`)].map(one => one.outerHTML)"));
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            await Screenshots.TakeAsync(page, $"{name}-{look}");
        }
    }

    private static async Task SignInAsync(IPage page, string key, string name)
    {
        await page.GotoAsync("/");
        await page.FillAsync("#key", key);
        await page.ClickAsync("button:has-text('Sign in')");
        await Expect(page.Locator(".who strong")).ToHaveTextAsync(name);
    }

    private static async Task AnswerAsync(IPage page, string field, string button, string reason)
    {
        await page.FillAsync(field, reason);
        await page.Locator("form").Filter(new LocatorFilterOptions { Has = page.Locator(field) }).GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    /// <summary>A promotion may take its stages; the page of models is plain, so it is asked again.</summary>
    private static async Task VersionAsync(IPage page, int version)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        do
        {
            await page.GotoAsync("/models");
        }
        while (!(await page.Locator("main").InnerTextAsync()).Contains($"version {version}", StringComparison.Ordinal)
            && TimeProvider.System.GetElapsedTime(deadline).TotalMilliseconds < Browser.Patience);

        await Expect(page.Locator("main")).ToContainTextAsync($"version {version}");
    }

    /// <summary>Notes what no page may do: raise a dialog, fail in its script, or try what the policy forbids.</summary>
    private static IPage Watch(IPage page, List<string> seen)
    {
        page.Dialog += async (_, dialog) =>
        {
            seen.Add($"dialog {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.PageError += (_, fault) => seen.Add(fault);
        page.Console += (_, message) =>
        {
            // The browser reports the refused first sign-in as an error too.
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal))
            {
                seen.Add(message.Text);
            }
        };
        return page;
    }

    [GeneratedRegex("/runs/r-")]
    private static partial Regex RunAddress();
}
