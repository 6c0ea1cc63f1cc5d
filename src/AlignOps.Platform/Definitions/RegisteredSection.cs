using AlignOps.Platform.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Platform.Definitions;

/// <summary>A registered section behind a face without type parameters.</summary>
internal abstract class RegisteredSection
{
    public abstract string Key { get; }

    public abstract Type Type { get; }

    public static RegisteredSection From(SectionRegistration registration, IServiceProvider services) =>
        (RegisteredSection)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(registration.Section), services.GetRequiredService(registration.Service))!;

    public abstract IEnumerable<SectionFault> Validate(object section);

    public abstract IEnumerable<SectionFault> ValidateFiles(object section, string directory);

    public abstract IEnumerable<SectionNeed> Needs(object section);

    /// <summary>The texts of a list property by its key in YAML; null where the section has no such list.</summary>
    public IReadOnlyList<string>? Texts(object section, string key) =>
        Type.GetProperties().FirstOrDefault(property => KeyNames.For(property.Name) == key)?.GetValue(section) is IEnumerable<string> texts ? [.. texts] : null;

    private sealed class Typed<T>(IPipelineSection<T> section) : RegisteredSection where T : class, new()
    {
        public override string Key => section.Key;

        public override Type Type => typeof(T);

        public override IEnumerable<SectionFault> Validate(object value) => section.Validate((T)value);

        public override IEnumerable<SectionFault> ValidateFiles(object value, string directory) => section.ValidateFiles((T)value, directory);

        public override IEnumerable<SectionNeed> Needs(object value) => section.Needs((T)value);
    }
}
