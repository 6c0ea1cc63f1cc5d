using AlignOps.Data;
using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Tests.Models;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Traps;

/// <summary>The trap: training writes conversations otherwise than serving does. Here both ask the checkpoint's own template, through one method.</summary>
public sealed class TemplateMismatchTests
{
    private static readonly ChatMessage[] Prompt =
        [new("system", "Be brief."), new("user", "how many cats?"), new("assistant", "10 cats."), new("user", "and on the mat?")];

    public static TheoryData<string> Templates => [.. ChatTemplate.Known.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void WhatIsTrained_IsTheConversationAsServingWouldWriteIt(string name)
    {
        BpeTokenizer tokenizer = TinyTokenizers.Train(ChatTemplate.Known.Single(template => template.Name == name));
        var row = new FeedbackRow(FeedbackKind.Demonstration, Prompt, [new Candidate("the cat sat.")], new Provenance("", 1, "", ""));

        TrainingExample example = Assert.Single(new ExampleBuilder(tokenizer, 500).ForTraining([row], RankedAnswers.Only, new SftObjective()).Examples);

        Assert.Equal(tokenizer.EncodePrompt(Prompt), example.Prompt);
        Assert.Equal(tokenizer.Render(Prompt, addGenerationPrompt: true), tokenizer.DecodeAll(example.Prompt));
        string whole = tokenizer.Render([.. Prompt, new ChatMessage("assistant", "the cat sat.")], addGenerationPrompt: false);
        Assert.StartsWith(tokenizer.DecodeAll([.. example.Prompt, .. example.Candidates[0].Answer]), whole);
    }
}
