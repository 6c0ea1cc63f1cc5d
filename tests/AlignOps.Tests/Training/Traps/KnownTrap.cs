namespace AlignOps.Tests.Training.Traps;

/// <summary>A defect that users of other trainers report, and the tests that hold it off here.</summary>
/// <param name="Name">As its reporters would call it.</param>
/// <param name="Seen">Where.</param>
/// <param name="Tests">Class and method.</param>
internal sealed record KnownTrap(string Name, string Seen, params IReadOnlyList<string> Tests)
{
    public static readonly IReadOnlyList<KnownTrap> All =
    [
        new(
            "Resume is not exact: the order is reshuffled, the epoch begins again, noise is drawn anew",
            "transformers 8874, 40691, 33336; accelerate 4071; verl 3457",
            "TrainerTests.Run_StoppedAndResumedAnywhere_GivesTheSameBits",
            "TrainerTests.Run_ProcessDiesBetweenCheckpoints_ResumesFromTheLastOneWithTheSameBits",
            "EarlyStoppingTests.Run_StoppedAndResumedAnywhere_EvaluatesStopsAndKeepsTheSame",
            "EarlyStoppingTests.Run_DiesBeforeACheckpointAndAfterABetterEvaluation_GoesBackToTheBestOfTheCheckpoint",
            "TrainCommandRunnerTests.Run_InterruptedTwiceThenRepeated_GivesTheSameBytes",
            "BatchingTests.Order_OfAnEpoch_IsAPermutationThatSeedAndEpochDecide"),
        new(
            "Gradient accumulation is not the large batch: means of means, double normalisation, noise that hangs on the batch",
            "trl 2175; unsloth-zoo 6, 1023; transformers 46731",
            "BatchingTests.Gradient_AnyMicroBatchSize_IsTheBigBatchs",
            "BatchingTests.Gradient_AnyMicroBatchSizeUnderNoise_IsTheBigBatchs",
            "MethodGradientTests.Loss_PartsOfAStep_AddUpToTheWhole",
            "StepPassTests.Run_CoupledLoss_ScoresAndDifferentiatesUnderTheSameNoise"),
        new(
            "The model never stops: padding is the end token and is masked by its id",
            "unsloth 416, 419, 1008; trl 734, 2059",
            "ModelNeverStopsTests.EveryMethod_EveryAnswerThatTrainsWhole_TrainsItsEndToken",
            "ModelNeverStopsTests.PaddingIsTheEndToken_TheTrainedPolicyStopsAllTheSame",
            "ExampleBuilderTests.ForTraining_EveryAnswer_EndsWithItsEndToken",
            "BpeTokenizerTests.EncodeAnswer_AnyTemplate_EndsWithATokenThatIsNotPadding",
            "ConversationTests.Trap_ModelNeverStops_EndOfTurnIsTrainedEvenWhereItIsThePadding",
            "ConversationTests.Trap_ModelNeverStops_TemplateWithoutAnEndIsRefused",
            "TokenizerFilesTests.Load_BesideAPolicyThatWouldNotStop_IsRefused"),
        new(
            "The merged model is not the adapter's: wrong base, lost files, stale shards, another dtype",
            "LLaMA-Factory 2505, 4913, 6105, 8501, 9346, 2075, 8531",
            "CheckpointMergeTests.Run_EveryLayer_IsBasePlusScaledProduct",
            "CheckpointMergeTests.Run_MergeThatAnswersOtherwise_LeavesNothing",
            "CheckpointMergeTests.Run_AdapterOfAnotherBase_IsRefusedByItsDigest",
            "CheckpointMergeTests.Run_WhatTheBaseHadBeside_StandsInTheOutputByteForByte",
            "CheckpointMergeTests.Run_OverAnEarlierMergeOfMoreShards_LeavesNoneOfThem"),
        new(
            "The chosen answers become less likely under DPO and nobody sees it",
            "DPO 8, 32, 36; trl 800, 1236; LLaMA-Factory 6153",
            "PairObjectiveTests.Loss_OfDpo_ReportsByTrlsNames",
            "EarlyStoppingTests.Run_LearnableHeldOutRows_GiveTheMethodsLossAndMetricsUnderTrlsNames"),
        new(
            "Training writes the conversation otherwise than serving",
            "axolotl's questions; glm 607",
            "TemplateMismatchTests.WhatIsTrained_IsTheConversationAsServingWouldWriteIt",
            "ChatTemplateTests.Render_EveryConversation_EqualsTransformersByteForByte",
            "ConversationTests.Trap_TemplateMismatch_AnswerWrittenOtherwiseThanAskedForIsNamed",
            "ConversationTests.Trap_PromptNotAPrefix_AnswerThatJoinsThePromptsLastTokenIsNamed"),
        new(
            "A sequence begins twice: the template writes the token and the tokenizer puts another before it",
            "several",
            "ConversationTests.Trap_DoubleBeginning_AConversationBeginsOnce"),
        new(
            "What is trained is not what is asked: labels that are not shifted, scores that hang on company",
            "LLaMA-Factory 1447",
            "CpuGenerationTests.Generate_WithCache_EqualsScoringWithout",
            "CpuGenerationTests.Score_AloneOrInCompany_GivesTheSame",
            "CpuTrainingTests.Backward_WholePolicy_EqualsPyTorch",
            "StepPassTests.Measure_WholeStep_IsItsLossWithoutNoiseOrGradient",
            "AdapterTrainingTests.Run_SftOnEightDemonstrations_AnswersThemAll"),
        new(
            "Out of memory from the logits of a large vocabulary",
            "trl's guide to memory",
            "MemoryTrapTests.LogitsOfALargeVocabulary_DoNotGrowWithTheBatch",
            "MemoryTrapTests.MoreThanThereIs_IsRefusedWithTheSettingThatFits",
            "MemoryTrapTests.LargestRowDoesNotFit_NamesItsTokensAndWhatWould"),
        new(
            "The reference policy doubles the memory",
            "trl's precompute_ref_log_probs",
            "ReferenceScoresTests.Run_FourEpochs_ScoresEachSequenceOnceAndLetsTheReferenceGo",
            "ReferenceScoresTests.Run_SecondTrainingOnTheSamePair_NeverLoadsTheReference"),
        new(
            "Vocabulary and tokenizer are not of one size, or the adapter is another base's",
            "axolotl's questions",
            "AdapterTrainingTests.Run_VocabularyFarLargerThanTheTokenizer_IsRefusedAsAMismatch",
            "AdapterDirectoryTests.Read_AnotherBasesDigest_IsRefused",
            "TrainerTests.Run_CheckpointOfAnotherTraining_StartsAnew",
            "AdapterStartTests.Begin_RankAboveALayers_NamesTheLayer"),
        new(
            "Prompts or answers are cut silently",
            "several",
            "ExampleBuilderTests.ForTraining_RowsThatTeachNothing_AreCountedByReason",
            "ExampleBuilderTests.Trap_SilentTruncation_LongRowsAreCountedAndNothingIsCut",
            "AdapterTrainingTests.Run_NoUsableRow_SaysWhy"),
        new(
            "A loss that is not a number trains on, and the batch is gone",
            "several",
            "TrainerTests.Run_LossBecomesInfinite_NamesStepAndRows"),
    ];

    public override string ToString() => Name;
}
