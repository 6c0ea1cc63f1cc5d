using AlignOps.Platform.Registration;

namespace AlignOps.Platform.Definitions;

internal sealed class DefinitionValidator(IEnumerable<SectionRegistration> registrations, IServiceProvider services) : IDefinitionValidator
{
    private readonly Lazy<RegisteredSection[]> _sections = new(() => registrations.Select(registration => RegisteredSection.From(registration, services)).ToArray());

    public IReadOnlyList<SectionFault> Validate(string yaml, IReadOnlyCollection<string> ownKeys)
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

        foreach (var section in _sections.Value)
        {
            var binding = document.Bind(section.Key, section.Type);
            faults.AddRange(binding.Faults);

            // What could not be read stands at its default, so the section's own rules would complain of the wrong value.
            if (binding.Faults.Count == 0)
            {
                faults.AddRange(section.Validate(binding.Value).Select(fault => Place(document, fault)));
            }
        }

        return faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column).ToArray();
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
