using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Definitions;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Pipelines.Definitions;

/// <summary>Reads a pipeline's folder: every section by the service that owns it, and here what only the folder as a whole can answer for.</summary>
public sealed partial class PipelineLoader(IDefinitionValidator validator)
{
    /// <summary>More cannot be a definition's characters, so it is not read.</summary>
    private const long MostBytes = 4L * DefinitionDocument.LargestText;

    private static readonly string[] OwnKeys = ["pipeline", "description"];

    /// <summary>Every fault of a pipeline's folder, in the order of the file; none when a run could be held to it.</summary>
    public IReadOnlyList<SectionFault> Validate(string directory)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Load(new DefinitionFolder(Path.GetFileName(path), path)).Faults;
    }

    internal LoadedDefinition Load(DefinitionFolder folder)
    {
        string yaml;
        try
        {
            if (new FileInfo(folder.File).Length is > MostBytes and var length)
            {
                return Refused(folder, [new SectionFault("", string.Create(CultureInfo.InvariantCulture, $"The file has {length} bytes; a definition has at most {MostBytes}. Put data in suites/."))]);
            }

            yaml = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(folder.File)).TrimStart('\uFEFF');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refused(folder, [new SectionFault("", $"The file cannot be read: {fault.Message}")]);
        }
        catch (DecoderFallbackException fault)
        {
            return Refused(folder, [new SectionFault("", string.Create(CultureInfo.InvariantCulture, $"The file is not UTF-8 at byte {fault.Index}; save it as UTF-8."))]);
        }

        var faults = validator.Validate(yaml, OwnKeys, folder.Path);
        if (DefinitionDocument.Parse(yaml).Document is null)
        {
            return Refused(folder, faults);
        }

        var root = YamlNodes.Root(yaml);
        faults = [.. faults.Concat(NameFaults(root, folder)).Concat(SuiteFaults(root, folder)).OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];
        return new LoadedDefinition(
            folder.Pipeline,
            root.At("description").Text() ?? "",
            Digest: null,
            Synthesizes: (root.At("synthesis", "method").Text() ?? "none") != "none",
            StartsFromBase: root.At("training", "start").Text() == "base",
            new ScheduleSection(),
            faults);
    }

    internal static LoadedDefinition Unreadable(DefinitionFolder folder, Exception fault) =>
        Refused(folder, [new SectionFault("", $"The folder cannot be read: {fault.Message}")]);

    private static LoadedDefinition Refused(DefinitionFolder folder, IReadOnlyList<SectionFault> faults) =>
        new(folder.Pipeline, "", null, false, false, new ScheduleSection(), faults);

    private static IEnumerable<SectionFault> NameFaults(YamlMappingNode root, DefinitionFolder folder)
    {
        var node = root.At("pipeline");
        if (node.Text() is not { } name)
        {
            yield return Fault("pipeline", $"The pipeline's name is missing; write pipeline: {folder.Pipeline}.", node);
        }
        else if (name != folder.Pipeline)
        {
            yield return Fault("pipeline", $"The pipeline is called '{name}' and its folder '{folder.Pipeline}'; they must be the same.", node);
        }
        else if (!Name().IsMatch(name))
        {
            yield return Fault("pipeline", $"'{name}' cannot be a pipeline's name; use up to 63 lower-case letters, digits and dashes, beginning with a letter.", node);
        }

        if (root.At("description") is { } description and not YamlScalarNode)
        {
            yield return Fault("description", "The description must be a text.", description);
        }
    }

    /// <summary>The suites' files are part of the definition, so each must be there and below the folder's <c>suites</c>.</summary>
    private static IEnumerable<SectionFault> SuiteFaults(YamlMappingNode root, DefinitionFolder folder)
    {
        if (root.At("evaluation", "suites") is not YamlSequenceNode suites)
        {
            yield break;
        }

        var home = Path.GetFullPath(Path.Combine(folder.Path, "suites")) + Path.DirectorySeparatorChar;
        for (var index = 0; index < suites.Children.Count; index++)
        {
            var node = suites.Children[index].At("file");
            if (node.Text() is not { } file)
            {
                continue;
            }

            var key = string.Create(CultureInfo.InvariantCulture, $"evaluation.suites[{index}].file");
            var path = Path.GetFullPath(Path.Combine(folder.Path, file));
            if (!path.StartsWith(home, StringComparison.Ordinal))
            {
                yield return Fault(key, $"'{file}' lies outside {folder.Pipeline}/suites; move the file there, since a run keeps a copy of that folder only.", node);
            }
            else if (!File.Exists(path))
            {
                yield return Fault(key, $"'{file}' does not exist in {folder.Pipeline}'s folder.", node);
            }
        }
    }

    private static SectionFault Fault(string path, string sentence, YamlNode? node) =>
        new(path, sentence, (int)(node?.Start.Line ?? 1), (int)(node?.Start.Column ?? 1));

    [GeneratedRegex("^[a-z][a-z0-9-]{0,62}$")]
    private static partial Regex Name();
}
