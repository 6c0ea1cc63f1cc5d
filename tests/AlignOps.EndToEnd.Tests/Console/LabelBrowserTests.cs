using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlignOps.EndToEnd.Tests.WebConsole;

/// <summary>People who label, in a real browser: by keyboard, without scripts, on a phone, with answers that would like to be more than text.</summary>
public sealed class LabelBrowserTests(LabelPlace place) : IClassFixture<LabelPlace>
{
    [Fact]
    public async Task Label_ByKeyboardAndWithoutScripts_SaysWhatWasMeantAndShowsTextAsText()
    {
        await using var browser = await Browser.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(place.Url), DefaultRequestHeaders = { Authorization = new("Bearer", place.Otto) } };
        (await http.PostAsJsonAsync($"/v1/runs/{LabelPlace.Run}/labels", new { items = 20 })).EnsureSuccessStatusCode();

        // Petra presses a key for her choice, and Enter.
        var dialogs = new List<string>();
        var petra = await browser.OpenAsync(place.Url);
        petra.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        await SignInAsync(petra, place.Petra);
        await petra.GotoAsync("/label");
        await CheckAsync(petra);
        await Screenshots.TakeAsync(petra, "label-light");
        var meant = await petra.Locator("#second-answer").InnerTextAsync();
        var question = await petra.Locator(".turn .answer").InnerTextAsync();
        await petra.Keyboard.PressAsync("1");
        await petra.Keyboard.PressAsync("2");
        await petra.SelectOptionAsync("select[name=secondLevel]", "minor-errors");
        await petra.FocusAsync("input[value=second]");
        await petra.Keyboard.PressAsync("Enter");
        await Expect(petra.Locator(".turn .answer")).Not.ToHaveTextAsync(question);

        // Paul has no scripts, a small screen and arrow keys.
        var paul = await browser.OpenAsync(place.Url, ColorScheme.Dark, 390, scripts: false);
        await SignInAsync(paul, place.Paul);
        await paul.GotoAsync($"/label?run={LabelPlace.Run}");
        await CheckAsync(paul);
        await Screenshots.TakeAsync(paul, "label-phone-dark");
        var before = await paul.Locator(".turn .answer").InnerTextAsync();
        await paul.FocusAsync("input[value=first]");
        await paul.Keyboard.PressAsync("Space");
        await paul.Keyboard.PressAsync("ArrowDown");
        await paul.Keyboard.PressAsync("ArrowDown");
        await Expect(paul.Locator("input[value=tie]")).ToBeCheckedAsync();
        await paul.Keyboard.PressAsync("Enter");
        await Expect(paul.Locator(".turn .answer")).Not.ToHaveTextAsync(before);

        // The next one he cannot tell; nothing has to be chosen for that.
        var untold = await paul.Locator(".turn .answer").InnerTextAsync();
        await paul.ClickAsync("button:has-text('I cannot tell')");
        await Expect(paul.Locator(".turn .answer")).Not.ToHaveTextAsync(untold);

        var labels = (await http.GetStringAsync($"/v1/runs/{LabelPlace.Run}/labels/export")).TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        var hers = labels.Single(label => label.GetProperty("person").GetString() == "petra");
        Assert.Equal(("second", "minor-errors", meant.StartsWith("new", StringComparison.Ordinal) ? 1.0 : 0),
            (hers.GetProperty("choice").GetString(), hers.GetProperty("secondLevel").GetString(), hers.GetProperty("outcome").GetDouble()));
        Assert.Equal("tie", labels.Single(label => label.GetProperty("person").GetString() == "paul").GetProperty("choice").GetString());

        foreach (var (path, name) in new[] { ("/labels", "labels"), ("/league?pipeline=assistant", "league") })
        {
            await paul.GotoAsync(path);
            await CheckAsync(paul);
            await Screenshots.TakeAsync(paul, $"{name}-phone-dark");
        }

        await Expect(paul.Locator("main")).ToContainTextAsync("Bradley–Terry");
        Assert.Empty(dialogs);
    }

    /// <summary>Nothing of what models wrote became an element, the page fits, and a page to label on names neither model nor run.</summary>
    private static async Task CheckAsync(IPage page)
    {
        if (page.Url.Contains("/label?", StringComparison.Ordinal) || page.Url.EndsWith("/label", StringComparison.Ordinal))
        {
            await Expect(page.Locator("#first-answer")).ToContainTextAsync(ConsolePlace.Hostile);
            var text = await page.Locator("main").InnerTextAsync();
            Assert.DoesNotContain("candidate", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("champion", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(LabelPlace.Run, text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await page.Locator("img[src=x], script:not([src]), [onerror], [onload], [onclick], [style], a[href^='javascript']").CountAsync());
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        foreach (var part in new[] { "main", ".bar nav a >> nth=-1" })
        {
            var box = await page.Locator(part).BoundingBoxAsync();
            Assert.True(box!.X + box.Width <= page.ViewportSize!.Width + 1, $"{part} of {page.Url} is wider than the window.");
        }
    }

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.GotoAsync("/");
        await page.FillAsync("#key", key);
        await page.ClickAsync("button:has-text('Sign in')");
        await Expect(page.Locator(".who strong")).ToBeVisibleAsync();
    }
}
