using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Platform.Definitions;

/// <summary>
/// Reads a YAML mapping into a record by its property names in snake_case. Every fault is reported with its place: an unknown key with the one it
/// probably meant, a value of the wrong type, a required one that is missing.
/// </summary>
internal static class SectionBinder
{
    /// <summary>Binds a section; an absent node gives the record's defaults.</summary>
    public static SectionBinding Bind(Type type, YamlNode? node, string path)
    {
        var faults = new List<SectionFault>();
        var value = node is null || ScalarReader.IsNull(node) ? Activator.CreateInstance(type) : Read(node, type, path, faults);
        return new SectionBinding(value ?? Activator.CreateInstance(type)!, faults);
    }

    private static object? Read(YamlNode node, Type type, string path, List<SectionFault> faults)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemType(wanted) is { } item)
        {
            return ReadList(node, item, path, faults);
        }

        if (ValueType(wanted) is { } dictionaryValue)
        {
            return ReadDictionary(node, dictionaryValue, path, faults);
        }

        if (IsRecord(wanted))
        {
            return ReadRecord(node, wanted, path, faults);
        }

        if (node is not YamlScalarNode scalar)
        {
            return Fault(faults, node, path, $"{path} must be a single value, not a {Shape(node)}.");
        }

        var (value, sentence) = ScalarReader.Read(scalar, wanted);
        return sentence is null ? value : Fault(faults, node, path, $"{path} {sentence}{(sentence.EndsWith('?') ? "" : ".")}");
    }

    private static object? ReadRecord(YamlNode node, Type type, string path, List<SectionFault> faults)
    {
        if (node is not YamlMappingNode mapping)
        {
            return Fault(faults, node, path, $"{path} must be a mapping of keys to values, not a {Shape(node)}.");
        }

        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .ToDictionary(property => KeyNames.For(property.Name), StringComparer.Ordinal);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var mentioned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (keyNode, valueNode) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            var inner = $"{path}.{key}";
            if (!properties.TryGetValue(key, out var property))
            {
                var nearest = KeyNames.Nearest(key, properties.Keys);
                var remedy = nearest is null ? $"known are {string.Join(", ", properties.Keys)}." : $"did you mean {nearest}?";
                Fault(faults, keyNode, inner, $"{inner} is not a key of {path}; {remedy}");
                continue;
            }

            mentioned.Add(property.Name);
            if (ScalarReader.IsNull(valueNode))
            {
                if (AllowsNull(property))
                {
                    values[property.Name] = null;
                }
                else
                {
                    Fault(faults, valueNode, inner, $"{inner} has no value; give it one or leave the key out.");
                }
            }
            else if (Read(valueNode, property.PropertyType, inner, faults) is { } value)
            {
                values[property.Name] = value;
            }
        }

        return Make(type, properties.Values, values, mentioned, node, path, faults);
    }

    /// <summary>Makes the record by its parameterless constructor, or by its longest with what was read.</summary>
    private static object? Make(
        Type type,
        IReadOnlyCollection<PropertyInfo> properties,
        Dictionary<string, object?> values,
        HashSet<string> mentioned,
        YamlNode node,
        string path,
        List<SectionFault> faults)
    {
        var constructor = type.GetConstructor(Type.EmptyTypes)
            ?? type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var complete = true;
        var arguments = new List<object?>();
        foreach (var parameter in constructor.GetParameters())
        {
            if (values.Remove(parameter.Name!, out var given))
            {
                arguments.Add(given);
            }
            else if (parameter.HasDefaultValue)
            {
                arguments.Add(parameter.DefaultValue);
            }
            else
            {
                complete = false;
                Require(parameter.Name!);
            }
        }

        foreach (var property in properties.Where(property => property.IsDefined(typeof(RequiredMemberAttribute)) && !values.ContainsKey(property.Name)))
        {
            complete = false;
            Require(property.Name);
        }

        if (!complete)
        {
            return null;
        }

        var made = constructor.Invoke(arguments.ToArray());
        foreach (var property in properties)
        {
            if (values.TryGetValue(property.Name, out var value))
            {
                property.SetValue(made, value);
            }
        }

        return made;

        // A value that was given but could not be read has its own fault already.
        void Require(string name)
        {
            if (!mentioned.Contains(name))
            {
                Fault(faults, node, path, $"{path}.{KeyNames.For(name)} is missing.");
            }
        }
    }

    private static object? ReadList(YamlNode node, Type item, string path, List<SectionFault> faults)
    {
        if (node is not YamlSequenceNode sequence)
        {
            return Fault(faults, node, path, $"{path} must be a list, such as [a, b], not a {Shape(node)}.");
        }

        var items = sequence.Children
            .Select((child, index) => Read(child, item, $"{path}[{index}]", faults))
            .Where(value => value is not null)
            .ToArray();
        var array = Array.CreateInstance(item, items.Length);
        for (var index = 0; index < items.Length; index++)
        {
            array.SetValue(items[index], index);
        }

        return array;
    }

    private static object? ReadDictionary(YamlNode node, Type item, string path, List<SectionFault> faults)
    {
        if (node is not YamlMappingNode mapping)
        {
            return Fault(faults, node, path, $"{path} must be a mapping of keys to values, not a {Shape(node)}.");
        }

        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item))!;
        foreach (var (keyNode, valueNode) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (Read(valueNode, item, $"{path}.{key}", faults) is { } value)
            {
                dictionary[key] = value;
            }
        }

        return dictionary;
    }

    private static Type? ItemType(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() is var open
            && (open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>) || open == typeof(IEnumerable<>) || open == typeof(IList<>))
                ? type.GetGenericArguments()[0]
                : null;
    }

    private static Type? ValueType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open
        && (open == typeof(IReadOnlyDictionary<,>) || open == typeof(IDictionary<,>) || open == typeof(Dictionary<,>))
        && type.GetGenericArguments()[0] == typeof(string)
            ? type.GetGenericArguments()[1]
            : null;

    private static bool IsRecord(Type type) => type is { IsPrimitive: false, IsEnum: false } && type != typeof(string) && type != typeof(decimal);

    private static bool AllowsNull(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);

    private static string Shape(YamlNode node) => node switch
    {
        YamlSequenceNode => "list",
        YamlMappingNode => "mapping",
        _ => "single value",
    };

    private static object? Fault(List<SectionFault> faults, YamlNode node, string path, string sentence)
    {
        faults.Add(new SectionFault(path, sentence, (int)node.Start.Line, (int)node.Start.Column));
        return null;
    }
}
