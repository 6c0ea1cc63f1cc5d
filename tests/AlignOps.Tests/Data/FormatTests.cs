using AlignOps.Data;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Data;

/// <summary>One golden row of each format that is read, with the field names that its source uses.</summary>
public sealed class FormatTests
{
    [Fact]
    public async Task Read_HhRlhfTranscripts_SharedTurnsAreThePrompt()
    {
        var row = await Read.Accepted("""{"chosen":"\n\nHuman: q1\n\nAssistant: a1\n\nHuman: q2\n\nAssistant: good","rejected":"\n\nHuman: q1\n\nAssistant: a1\n\nHuman: q2\n\nAssistant: go away"}""");

        Assert.Equal([new("user", "q1"), new("assistant", "a1"), new("user", "q2")], row.Prompt);
        Assert.Equal(FeedbackKind.Preference, row.Kind);
        Assert.Equal([new Candidate("good", 1), new Candidate("go away", 0)], row.Candidates);
        Assert.Equal("hh-rlhf", row.Provenance.Format);
    }

    [Fact]
    public async Task Read_TrlExplicitPrompt_TextsAreKeptAsGiven()
    {
        var row = await Read.Accepted("""{"prompt":"The sky is","chosen":" blue.","rejected":" green."}""");

        Assert.Equal([new ChatMessage("user", "The sky is")], row.Prompt);
        Assert.Equal([" blue.", " green."], row.Candidates.Select(c => c.Text));
        Assert.Equal("trl-preference", row.Provenance.Format);
    }

    [Theory]
    [InlineData("""{"chosen":"The sky is blue.","rejected":"The sky is green."}""", "The sky is", " blue.", " green.")]
    [InlineData("""{"chosen":"The field is green.","rejected":"The field is grey."}""", "The field is", " green.", " grey.")]
    public async Task Read_TrlImplicitPrompt_PromptEndsAtTheLastSharedWord(string line, string prompt, string chosen, string rejected)
    {
        var row = await Read.Accepted(line);

        Assert.Equal(prompt, Assert.Single(row.Prompt).Content);
        Assert.Equal([chosen, rejected], row.Candidates.Select(c => c.Text));
    }

    [Theory]
    [InlineData("""{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}""")]
    [InlineData("""{"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""")]
    [InlineData("""{"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"b"}]}""")]
    [InlineData("""{"prompt":"q","chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}""")]
    public async Task Read_TrlMessages_ExplicitAndImplicitPromptsAreTheSameRow(string line)
    {
        var plain = await Read.Accepted("""{"prompt":"q","chosen":"a","rejected":"b"}""");

        Assert.Equal(plain.Id, (await Read.Accepted(line)).Id);
    }

    [Fact]
    public async Task Read_Rrhf_ScoresStayWithTheirResponses()
    {
        var row = await Read.Accepted("""{"query":"q","responses":["a","b","c"],"scores":[1.2,-0.4,2]}""");

        Assert.Equal(FeedbackKind.Ranking, row.Kind);
        Assert.Equal([new Candidate("a", 1.2), new Candidate("b", -0.4), new Candidate("c", 2)], row.Candidates);
    }

    [Fact]
    public async Task Read_RrhfTranscriptQuery_IsSplitIntoTurns()
    {
        var row = await Read.Accepted("""{"query":"\n\nHuman: q1\n\nAssistant: a1\n\nHuman: q2\n\nAssistant:","responses":["a","b"],"scores":[2,1]}""");

        Assert.Equal([new("user", "q1"), new("assistant", "a1"), new("user", "q2")], row.Prompt);
    }

    [Fact]
    public async Task Read_Messages_LastAssistantTurnIsTheDemonstration()
    {
        var row = await Read.Accepted("""{"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":[{"type":"text","text":"Bye"}]},{"role":"assistant","content":"See you"}]}""");

        Assert.Equal(FeedbackKind.Demonstration, row.Kind);
        Assert.Equal(["system", "user", "assistant", "user"], row.Prompt.Select(m => m.Role));
        Assert.Equal("Bye", row.Prompt[^1].Content);
        Assert.Equal([new Candidate("See you")], row.Candidates);
    }

    [Theory]
    [InlineData("""{"instruction":"Translate to French","input":"good morning","output":"bonjour"}""", "Translate to French\n\ngood morning")]
    [InlineData("""{"instruction":"Say bonjour","input":"","output":"bonjour"}""", "Say bonjour")]
    [InlineData("""{"instruction":"Say bonjour","output":"bonjour"}""", "Say bonjour")]
    public async Task Read_Alpaca_InputStandsBelowTheInstruction(string line, string prompt)
    {
        var row = await Read.Accepted(line);

        Assert.Equal([new ChatMessage("user", prompt)], row.Prompt);
        Assert.Equal([new Candidate("bonjour")], row.Candidates);
        Assert.Equal("alpaca", row.Provenance.Format);
    }

    [Theory]
    [InlineData("""{"prompt":"How are you","completion":"leave me alone","label":false}""")]
    [InlineData("""{"prompt":[{"role":"user","content":"How are you"}],"completion":[{"role":"assistant","content":"leave me alone"}],"label":false}""")]
    public async Task Read_Thumbs_LabelIsKept(string line)
    {
        var row = await Read.Accepted(line);

        Assert.Equal(FeedbackKind.Thumb, row.Kind);
        Assert.Equal([new Candidate("leave me alone", Label: false)], row.Candidates);
    }

    [Theory]
    [InlineData("""{"prompt":"i","response":"r","critique":"too short"}""")]
    [InlineData("""{"instruction":"i","response":"r","feedback":"too short"}""")]
    public async Task Read_Critique_TextOfAnyOfItsNamesIsTheCritique(string line)
    {
        var row = await Read.Accepted(line);

        Assert.Equal(FeedbackKind.Critique, row.Kind);
        Assert.Equal([new Candidate("r", Critique: "too short")], row.Candidates);
        Assert.Equal("critique", row.Provenance.Format);
    }

    [Fact]
    public async Task Read_CutRow_JudgmentIsTheCritique()
    {
        var row = await Read.Accepted("""{"instruction":"i","input":"","output":"r","judgment":"too short","score":4}""");

        Assert.Equal([new Candidate("r", 4, Critique: "too short")], row.Candidates);
        Assert.Equal("cut", row.Provenance.Format);
    }

    [Fact]
    public async Task Read_CutRowWithoutJudgment_IsADemonstration() =>
        Assert.Equal(FeedbackKind.Demonstration, (await Read.Accepted("""{"instruction":"i","input":"","output":"r","judgment":null,"score":9}""")).Kind);

    [Fact]
    public async Task Read_EnvelopeOfAnyRow_IsTheSameRowAgain()
    {
        foreach (var line in new[]
        {
            """{"prompt":"q","chosen":"a","rejected":"b"}""",
            """{"query":"q","responses":["a","b"],"scores":[0.25,3]}""",
            """{"prompt":"q","completion":"a","label":true}""",
            """{"prompt":"q","response":"a","critique":"c","score":7}""",
            """{"instruction":"q","output":"a"}""",
        })
        {
            var row = await Read.Accepted(line);
            var again = await Read.Accepted(FeedbackJson.Write(row));

            Assert.Equal(row.Id, again.Id);
            Assert.Equal("envelope", again.Provenance.Format);
        }
    }

    [Fact]
    public async Task Read_EnvelopePreference_PreferredAnswerComesFirst()
    {
        var plain = await Read.Accepted("""{"prompt":"q","chosen":"a","rejected":"b"}""");
        var turned = await Read.Accepted("""{"kind":"preference","prompt":[{"role":"user","content":"q"}],"candidates":[{"text":"b","score":-3},{"text":"a","score":0.5}]}""");

        Assert.Equal(plain.Id, turned.Id);
    }

    [Fact]
    public async Task Read_MixedBatch_EveryRowSaysWhatItWasReadAs()
    {
        var outcomes = await Read.Batch("""
            {"instruction":"q","output":"a"}
            {"query":"q","responses":["a","b"],"scores":[1,2]}
            {"prompt":"q","completion":"a","label":true}
            """);

        Assert.Equal(["alpaca", "rrhf", "thumbs"], outcomes.Select(o => o.Format));
    }

    [Fact]
    public async Task Read_ForcedFormat_EveryRowIsReadAsIt()
    {
        var outcome = await Read.Row("""{"prompt":"q","chosen":"a","rejected":"b"}""", "rrhf");

        Assert.Equal("rrhf", outcome.Format);
        Assert.NotNull(outcome.Fault);
    }
}
