using AlignOps.Platform.Registration;

namespace AlignOps.Platform.Definitions;

internal sealed class DefinitionValidator(IEnumerable<SectionRegistration> registrations, IServiceProvider services) : IDefinitionValidator
{
    private readonly Lazy<RegisteredSection[]> _sections = new(() => registrations.Select(registration => RegisteredSection.From(registration, services)).ToArray());

    public IReadOnlyList<SectionFault> Validate(string yaml, IReadOnlyCollection<string> ownKeys, string? directory = null)
    {
        var (document, unreadable) = DefinitionDocument.Parse(yaml);
        if (document is null)
        {
            return unreadable;
        }

        var known = _sections.Value.Select(section => section.Key).Concat(ownKeys).ToHashSet(StringComparer.Ordinal);
        var faults = new List<SectionFault>();
        foreach (var (key, line, column) in document.Keys.Where(entry => !known.Contains(entry.Key)))
        {
            var remedy = KeyNames.Nearest(key, known) is { } nearest
                ? $"did you mean {nearest}?"
                : $"known are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
            faults.Add(new SectionFault(key, $"{key} is not a section; {remedy}", line, column));
        }

        List<(RegisteredSection Section, object Value)> sound = [];
        foreach (var section in _sections.Value)
        {
            var binding = document.Bind(section.Key, section.Type);
            faults.AddRange(binding.Faults);

            // What could not be read stands at its default, so the section's own rules would complain of the wrong value.
            if (binding.Faults.Count == 0)
            {
                SectionFault[] own = [.. section.Validate(binding.Value).Select(fault => Place(document, fault))];
                faults.AddRange(own);
                if (own.Length == 0)
                {
                    sound.Add((section, binding.Value));
                }
            }
        }

        if (directory is not null) faults.AddRange(sound.SelectMany(one => one.Section.ValidateFiles(one.Value, directory)).Select(fault => Place(document, fault)));
        faults.AddRange(sound.SelectMany(one => one.Section.Needs(one.Value)).SelectMany(need => Unmet(document, sound, need)));

        return faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).ToArray();
    }

    private static IEnumerable<SectionFault> Unmet(DefinitionDocument document, List<(RegisteredSection Section, object Value)> sound, SectionNeed need)
    {
        var (section, key) = need.Path.Split('.', 2) switch { var parts => (parts[0], parts[1]) };
        var written = document.Has(need.Path);
        foreach (var (owner, value) in sound.Where(one => one.Section.Key == section))
        {
            if (owner.Texts(value, key) is { } texts && need.Fault(texts, written) is { } sentence)
            {
                var (line, column) = document.Locate(written ? need.Path : need.Because);
                yield return new SectionFault(need.Path, sentence, Math.Max(line, 1), Math.Max(column, 1));
            }
        }
    }

    private static SectionFault Place(DefinitionDocument document, SectionFault fault)
    {
        if (fault.Line > 0)
        {
            return fault;
        }

        // What is not there has no place; it is missing from the file as a whole.
        var (line, column) = document.Locate(fault.Path);
        return fault with { Line = Math.Max(line, 1), Column = Math.Max(column, 1) };
    }
}
