using AlignOps.Host.Cli;
using AlignOps.Host.Commands;

namespace AlignOps.Host.Init;

/// <summary>Writes a new pipeline's folder, whole or not at all, and never over another.</summary>
internal static class PipelineFolder
{
    /// <returns>The folder written.</returns>
    public static string Write(string pipelines, InitAnswers answers)
    {
        var folder = Path.Combine(pipelines, answers.Name);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw new CommandException(ExitCode.Refused, $"There is a {folder} already, and init overwrites nothing. Choose another name, or move it away.");
        }

        // Beside and renamed: whoever watches the pipelines' folder sees it whole.
        var unfinished = Path.Combine(pipelines, $".{answers.Name}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.Combine(unfinished, "suites"));
        try
        {
            File.WriteAllText(Path.Combine(unfinished, "pipeline.yaml"), PipelineTemplate.Write(answers));
            File.WriteAllText(Path.Combine(unfinished, "suites", "abilities.jsonl"), StarterSuites.Abilities());
            if (answers.Judge != InitChoices.HeldOut)
            {
                File.WriteAllText(Path.Combine(unfinished, "suites", "behaviour.jsonl"), StarterSuites.Behaviour());
            }

            var schema = Path.Combine(pipelines, "schema", "pipeline.schema.json");
            if (!File.Exists(schema))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(schema)!);
                File.WriteAllText(schema, PipelineSchema.Text);
            }

            Directory.Move(unfinished, folder);
            return folder;
        }
        catch
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            throw;
        }
    }
}
