using System.Text.RegularExpressions;
using AlignOps.Host.Cli;

namespace AlignOps.Host.Init;

/// <summary>Asks, line by line so that a script may answer too. An empty line takes what stands in brackets.</summary>
internal sealed partial class InitQuestions(TextReader answers, TextWriter paper)
{
    public const int Count = 5;

    private int _asked;

    public static bool IsName(string name) => Name().IsMatch(name);

    /// <param name="given">Answered on the command line: not asked.</param>
    public string AskName(string? given, string fallback) => given ?? Ask(
        "How is the pipeline called?", fallback, text => IsName(text) ? null : "Use up to 63 lower-case letters, digits and dashes, beginning with a letter.");

    public string AskModel(string? given) => given ?? Ask(
        "Which model is aligned? A Hugging Face folder, or 'example' for the small one that this program trains itself",
        InitChoices.Example, text => text == InitChoices.Example || File.Exists(Path.Combine(text, "config.json")) ? null : $"There is no config.json in {Path.GetFullPath(text)}.");

    public string AskOne(string? given, string question, IReadOnlyList<(string Name, string Says)> choices)
    {
        if (given is not null)
        {
            return given;
        }

        var list = string.Concat(choices.Select(choice => $"\n     {choice.Name,-15} {choice.Says}"));
        return Ask($"{question}{list}\n    ", choices[0].Name, text => choices.Any(choice => choice.Name == text) ? null : $"Answer one of {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    private string Ask(string question, string fallback, Func<string, string?> objection)
    {
        _asked++;
        while (true)
        {
            paper.Write($"{_asked}/{Count}  {question} [{fallback}] ");
            var line = answers.ReadLine() ?? throw new CommandException(ExitCode.Usage, $"\nThe input ended at question {_asked}. Answer it, or take every default with --yes.");
            var text = line.Trim() is { Length: > 0 } said ? said : fallback;
            if (objection(text) is not { } sentence)
            {
                return text;
            }

            paper.WriteLine("     " + sentence);
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$")]
    private static partial Regex Name();
}
