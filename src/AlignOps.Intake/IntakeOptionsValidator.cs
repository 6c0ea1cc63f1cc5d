using Microsoft.Extensions.Options;

namespace AlignOps.Intake;

internal sealed class IntakeOptionsValidator : IValidateOptions<IntakeOptions>
{
    public ValidateOptionsResult Validate(string? name, IntakeOptions options)
    {
        (string Key, long Value, long Least)[] limits =
        [
            ("BodyBytes", options.BodyBytes, 1),
            ("Content:Bytes", options.Content.Bytes, 1),
            ("Content:Ratio", options.Content.Ratio, 1),
            ("Content:RatioFreeBytes", options.Content.RatioFreeBytes, 0),
            ("Content:Rows", options.Content.Rows, 1),
            ("Row:LineBytes", options.Row.LineBytes, 256),
            ("Row:TextLength", options.Row.TextLength, 1),
            ("Row:Candidates", options.Row.Candidates, 2),
            ("Row:Turns", options.Row.Turns, 1),
            ("Row:Depth", options.Row.Depth, 4),
            ("Row:SnippetBytes", options.Row.SnippetBytes, 1),
            ("Inbox:Interval", options.Inbox.Interval.Ticks, 1),
            ("Inbox:Settle", options.Inbox.Settle.Ticks, 0),
            ("Rows:PerRequest", options.Rows.PerRequest, 1),
            ("Rows:BatchRows", options.Rows.BatchRows, 1),
            ("Rows:BatchAge", options.Rows.BatchAge.Ticks, 0),
            ("Rows:Interval", options.Rows.Interval.Ticks, 1),
        ];
        var faults = limits.Where(limit => limit.Value < limit.Least).Select(limit => $"Intake:{limit.Key} is {limit.Value}; it must be at least {limit.Least}.").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
