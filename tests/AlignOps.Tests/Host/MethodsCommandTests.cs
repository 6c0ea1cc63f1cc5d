using System.Text.Json;
using AlignOps.Host.Commands;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Tests.Host;

/// <summary>The catalogue as people and programs read it.</summary>
public sealed class MethodsCommandTests
{
    [Fact]
    public void Page_OfAMethod_HasPaperLossNeedsAndEveryParameterWithItsDefault()
    {
        string page = string.Join('\n', MethodView.Page(TrainingMethods.Find("ipo")!));

        Assert.Contains("Azar et al., 2023, arXiv 2310.12036", page, StringComparison.Ordinal);
        Assert.Contains("(r_w/T_w − r_l/T_l − 1/(2β))²", page, StringComparison.Ordinal);
        Assert.Contains("learns from preference, ranking", page, StringComparison.Ordinal);
        Assert.Contains("as reference", page, StringComparison.Ordinal);
        Assert.Contains("dpo.beta = 0.1", page, StringComparison.Ordinal);
        Assert.Contains("ipo.normalisation = tokens", page, StringComparison.Ordinal);
        Assert.Contains("mix: { kinds: [preference, ranking] }", page, StringComparison.Ordinal);
    }

    [Fact]
    public void List_AndMarkdown_HaveALineForEachMethod()
    {
        string[] list = [.. MethodView.List(TrainingMethods.All)], table = [.. MethodView.Markdown(TrainingMethods.All)];

        Assert.All(TrainingMethods.All, method => Assert.Single(list, line => line.StartsWith(method.Name + " ", StringComparison.Ordinal)));
        Assert.All(TrainingMethods.All, method => Assert.Single(table, line => line.StartsWith($"| `{method.Name}` ", StringComparison.Ordinal)));
        Assert.All(table, line => Assert.Equal(7, line.Replace("\\|", "", StringComparison.Ordinal).Count(letter => letter == '|')));
    }

    [Fact]
    public void Shape_ForPrograms_TellsNeedsAsFacts()
    {
        JsonElement kto = JsonSerializer.SerializeToElement(MethodView.Shape(TrainingMethods.Find("kto")!), JsonSerializerOptions.Web);

        Assert.Equal(["demonstration", "preference", "ranking", "thumb"], kto.GetProperty("needs").GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()));
        Assert.True(kto.GetProperty("needs").GetProperty("reference").GetBoolean());
        Assert.Equal(JsonValueKind.Null, kto.GetProperty("parameters")[1].GetProperty("default").ValueKind);
    }
}
