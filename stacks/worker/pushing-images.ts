/** What whoever pushes an image does in its repository. */
export const pushingImages = [
  ...['BatchCheckLayerAvailability', 'BatchGetImage', 'CompleteLayerUpload', 'DescribeImages', 'GetDownloadUrlForLayer'],
  ...['InitiateLayerUpload', 'PutImage', 'UploadLayerPart'],
].map((name) => `ecr:${name}`);
