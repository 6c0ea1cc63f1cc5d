using System.Globalization;
using System.Reflection;
using System.Text.Json;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Methods;

public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. TrainingMethods.All.Select(m => m.Name)];

    [Fact]
    public void All_Names_AreDistinctAndSpelledAsInPipelineYaml()
    {
        Assert.Equal(TrainingMethods.All.Count, TrainingMethods.All.Select(m => m.Name).Distinct().Count());
        Assert.All(TrainingMethods.All, m => Assert.Matches("^[a-z]+(-[a-z]+)*$", m.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_ItsPage_IsWhole(string name)
    {
        TrainingMethod method = TrainingMethods.Find(name)!;

        Assert.NotEmpty(method.Title);
        Assert.Matches(@"(19|20)\d\d", method.Paper);
        Assert.NotEmpty(method.Formula);
        Assert.EndsWith(".", method.Summary, StringComparison.Ordinal);
        Assert.NotEmpty(method.Shape(new TrainingSection()).Kinds);
        Assert.Equal(name, method.Create(new TrainingSection()).Name);
        Assert.Empty(TrainingPipelineSection.Faults(new TrainingSection { Method = name }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameter_ItsDefaultWrittenOut_ChangesNothing(string name)
    {
        TrainingMethod method = TrainingMethods.Find(name)!;
        (_, StepPlan plan, ScoredSequence[] scored) = new MethodCase(name, method, new TrainingSection { Method = name }).Step(11);
        LossResult silent = method.Create(new TrainingSection { Method = name }).Over(plan.Examples).Loss(plan, scored);

        string[] written = [.. method.Parameters.Where(p => p.Default.Length > 0).Select(p => $"{p.Key}={p.Default}")];
        LossResult said = method.Create(MethodCases.Section(name, written)).Over(plan.Examples).Loss(plan, scored);

        Assert.Equal(silent.Loss, said.Loss);
        Assert.Equal(silent.Gradients, said.Gradients);
    }

    [Fact]
    public void Parameters_OfTheMethodsSections_AreAllInTheCatalogue()
    {
        HashSet<string> named = [.. TrainingMethods.All.Concat(RewardMethods.All).SelectMany(m => m.Parameters).Select(p => p.Key)];
        PropertyInfo[] sections = [.. typeof(TrainingSection).GetProperties().Where(p => p.PropertyType.Name.EndsWith("Section", StringComparison.Ordinal) && p.Name != nameof(TrainingSection.Lora))];
        Assert.NotEmpty(sections);
        foreach (PropertyInfo section in sections)
        {
            foreach (PropertyInfo property in section.PropertyType.GetProperties().Where(p => p.CanWrite))
            {
                Assert.Contains($"{Key(section)}.{Key(property)}", named);
            }
        }
    }

    [Fact]
    public void Parameters_WithAPlainDefault_SayWhatTheRecordSays()
    {
        foreach (MethodParameter parameter in TrainingMethods.All.SelectMany(m => m.Parameters))
        {
            object? value = new TrainingSection();
            foreach (string part in parameter.Key.Split('.'))
            {
                value = value!.GetType().GetProperties().Single(p => Key(p) == part).GetValue(value);
            }

            if (value is not null)
            {
                string said = value is IReadOnlyList<string> list ? $"[{string.Join(", ", list)}]" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
                Assert.Equal(said, parameter.Default.Trim('"'), ignoreCase: true);
            }
        }
    }

    private static string Key(PropertyInfo property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
}
