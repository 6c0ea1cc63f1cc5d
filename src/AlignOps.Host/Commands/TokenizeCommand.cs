using System.CommandLine;
using System.Text;
using AlignOps.Host.Cli;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops tokenize --model DIR</c>: what a checkpoint's tokenizer and chat template make of texts, conversations and ids, a JSON line each.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Hugging Face checkpoint directory with tokenizer.json and tokenizer_config.json.", Required = true };
        var file = new Option<string?>("--file") { Description = "A row a line: {\"text\": …} or the text itself; with --chat {\"messages\": …}; with --decode {\"ids\": …} or the ids. '-' reads standard input." };
        var text = new Option<string?>("--text") { Description = "One text; with --chat what a user says, with --decode ids." };
        var chat = new Option<bool>("--chat") { Description = "Write the conversation by the chat template: a prompt, or, where it ends with an answer, all of it with what training would train." };
        var decode = new Option<bool>("--decode") { Description = "From ids to text." };
        var special = new Option<bool>("--special") { Description = "Special tokens' texts mean those tokens, as in the reference library; they stay text if left out." };
        var today = new Option<bool>("--today") { Description = "A template that writes the date writes today's, as when serving. Its own fixed date if left out, as when training: the same tokens tomorrow." };
        var wrap = new Option<bool>("--wrap") { Description = "With the special tokens that tokenizer.json puts around a text of its own." };
        var command = new Command("tokenize", "Show tokens: ids, spellings and text of each row, as JSON lines.") { model, file, text, chat, decode, special, wrap, today };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(() =>
        {
            var wanted = new TokenizeWish(arguments.GetValue(chat), arguments.GetValue(decode), arguments.GetValue(special), arguments.GetValue(wrap));
            return RunAsync(arguments.GetValue(model)!, arguments.GetValue(file), arguments.GetValue(text), wanted, arguments.GetValue(today) ? TimeProvider.System : null, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RunAsync(string model, string? file, string? text, TokenizeWish wanted, TimeProvider? clock, CancellationToken cancellationToken)
    {
        if ((file is null) == (text is null) || (wanted.Chat && wanted.Decode))
        {
            throw new CommandException(ExitCode.Usage, "Give one of --file and --text, and at most one of --chat and --decode.");
        }

        if (!Directory.Exists(model))
        {
            throw new CommandException(ExitCode.NotFound, $"There is no directory {model}.");
        }

        (BpeTokenizer? tokenizer, TokenizationFault? fault) = Tokenizer.TryLoad(model, clock);
        if (tokenizer is null)
        {
            throw new CommandException(ExitCode.Refused, $"{fault!.Sentence} [{fault.Code}]");
        }

        var rows = new TokenizeRows(tokenizer, wanted);
        int refused = 0;
        int line = 0;
        await foreach (string row in ReadAsync(file, text, cancellationToken))
        {
            line++;
            (string json, bool done) = rows.Line(row, line, isText: text is not null);
            refused += done ? 0 : 1;
            await Console.Out.WriteLineAsync(json);
        }

        return refused == 0 ? ExitCode.Success : ExitCode.AnsweredNo;
    }

    private static async IAsyncEnumerable<string> ReadAsync(string? file, string? text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (text is not null)
        {
            yield return text;
            yield break;
        }

        if (file != "-" && !File.Exists(file))
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {file}.");
        }

        using TextReader reader = file == "-" ? Console.In : new StreamReader(file!, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }
}
