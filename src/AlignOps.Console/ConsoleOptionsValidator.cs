using Microsoft.Extensions.Options;

namespace AlignOps.WebConsole;

internal sealed class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ConsoleOptions options)
    {
        (string Key, string? Address)[] addresses =
            [("Api", options.Api), ("IntakeApi", options.IntakeApi), ("PipelinesApi", options.PipelinesApi), ("PromotionApi", options.PromotionApi), ("EvaluationApi", options.EvaluationApi)];
        foreach (var (key, address) in addresses.Where(one => one.Address is not null && !IsHttp(one.Address)))
        {
            yield return $"Console:{key} is '{address}'; it must be an http address such as http://gateway:8440.";
        }

        if (options.LiveEvery < TimeSpan.FromMilliseconds(100) || options.LiveEvery > TimeSpan.FromMinutes(1))
        {
            yield return $"Console:LiveEvery is {options.LiveEvery}; it must be between 100 milliseconds and one minute.";
        }

        if (options.SignedInFor < TimeSpan.FromMinutes(1) || options.SignedInFor > TimeSpan.FromDays(30))
        {
            yield return $"Console:SignedInFor is {options.SignedInFor}; it must be between one minute and 30 days.";
        }
    }

    private static bool IsHttp(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
